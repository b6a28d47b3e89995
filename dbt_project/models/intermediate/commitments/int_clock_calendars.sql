-- The calendar of who had the lead when the clock started, where a clock runs on that by agreement.
-- Later owners change nothing, or a lead that is passed on would gain time. Of a queue, an unknown
-- owner, and a calendar that the version does not have, there is no row.
with
    versions as (select * from {{ ref("stg_agreement__versions") }}),

    clocks as (select * from {{ source("agreement", "commitments") }} where calendar_of = 'owner'),

    calendars as (
        select distinct agreement_version, calendar from {{ source("agreement", "calendar_hours") }}
    ),

    starts as (select * from {{ ref("int_clock_starts") }}),

    tiers as (select * from {{ ref("int_clock_tiers") }}),

    journeys as (select * from {{ ref("int_journeys") }}),

    assignments as (select * from {{ ref("int_owner_assignments") }} where is_assigned),

    owner_calendars as (select * from {{ ref("int_owner_calendars") }} where is_used),

    offered as (
        select
            starts.journey_id,
            starts.clock_start,
            {{ latest_of("starts.started_at") }} as latest_started_at,
            clocks.agreement_version,
            clocks.commitment,
            starts.clock_start = clocks.clock_start as is_agreed
        from starts
        inner join versions on {{ in_force_at("versions", "starts.started_at") }}
        inner join clocks on versions.agreement_version = clocks.agreement_version
        left join
            tiers
            on starts.journey_id = tiers.journey_id
            and starts.clock_start = tiers.clock_start
            and clocks.commitment = tiers.commitment
        where clocks.tier_number is not distinct from tiers.tier_number
    ),

    -- Starts are compared for the same leads: the owner at the agreed start is that of the others, too.
    decided as (
        select
            *,
            coalesce(
                max(case when is_agreed then latest_started_at end) over (
                    partition by journey_id, agreement_version, commitment
                ),
                latest_started_at
            ) as owned_at
        from offered
    ),

    owned as (
        select decided.*, {{ local_date("decided.owned_at") }} as owned_date, assignments.owner_id
        from decided
        inner join journeys on decided.journey_id = journeys.journey_id
        inner join
            assignments
            on journeys.person_id = assignments.person_id
            and assignments.owned_from <= decided.owned_at
            and assignments.owned_until > decided.owned_at
    )

-- Several lines of an owner may state the same calendar.
select distinct
    owned.journey_id, owned.clock_start, owned.commitment, owned.owner_id, owner_calendars.calendar
from owned
inner join
    owner_calendars
    on owned.owner_id = owner_calendars.owner_id
    and owned.owned_date >= owner_calendars.valid_from
    and owned.owned_date < owner_calendars.valid_to
inner join
    calendars
    on owned.agreement_version = calendars.agreement_version
    and owner_calendars.calendar = calendars.calendar
