-- What kept each clock, and what excuses it. It is not evaluated yet.
with
    clocks as (select * from {{ ref("int_clocks") }} where kind = 'clock'),

    contacts as (select * from {{ ref("int_clock_contacts") }} where is_counted),

    transitions as (
        select *, {{ latest_of("entered_at") }} as latest_at from {{ ref("int_stage_transitions") }}
    ),

    excuses as (select * from {{ source("agreement", "commitment_excuses") }}),

    exits as (select *, {{ latest_of("entered_at") }} as latest_at from {{ ref("int_stage_exits") }}),

    -- A clock is kept by a contact, or by the stage until which it runs.
    stops as (
        select
            contacts.clock_id,
            contacts.happened_at,
            contacts.latest_at,
            contacts.owner_id,
            contacts.is_before_start,
            contacts.is_sure
        from contacts
        inner join clocks on contacts.clock_id = clocks.clock_id
        union all
        select
            clocks.clock_id,
            transitions.entered_at as happened_at,
            transitions.latest_at,
            coalesce(transitions.owner_id, clocks.journey_owner_id) as owner_id,
            transitions.latest_at < clocks.started_at as is_before_start,
            true as is_sure
        from clocks
        inner join
            transitions
            on clocks.journey_id = transitions.journey_id
            and clocks.until_stage = transitions.stage
    ),

    before_start as (
        select clock_id, max(happened_at) as stopped_before_at
        from stops
        where is_before_start
        group by clock_id
    ),

    first_stops as (
        select clock_id, min(happened_at) as stopped_at from stops where not is_before_start group by clock_id
    ),

    -- By then it was certainly kept, at whatever time of their days the start and the stop were.
    sure_stops as (
        select clock_id, min(latest_at) as stopped_by_at from stops where is_sure group by clock_id
    ),

    -- Systems log work without a name and then with one: the first named owner has the contact.
    first_named as (
        select clock_id, owner_id
        from stops
        where not is_before_start and owner_id is not null
        qualify row_number() over (partition by clock_id order by happened_at, owner_id) = 1
    ),

    first_excuses as (
        select
            clocks.clock_id,
            exits.entered_at as excused_at,
            exits.latest_at as excused_by_at,
            exits.stage as excused_by,
            exits.is_by_owner
        from clocks
        inner join exits on clocks.journey_id = exits.journey_id and exits.latest_at >= clocks.started_at
        inner join
            excuses
            on clocks.agreement_version = excuses.agreement_version
            and clocks.commitment = excuses.commitment
            and exits.stage = excuses.stage
            and (excuses.reason_class is null or exits.reason_class = excuses.reason_class)
        qualify
            row_number() over (
                partition by clocks.clock_id order by exits.entered_at, exits.is_by_owner, exits.stage
            )
            = 1
    )

select
    clocks.*,
    -- Nobody acted: the commitment is outstanding for the person's owner.
    case
        when first_stops.stopped_at is null then clocks.journey_owner_id else first_named.owner_id
    end as owner_id,
    before_start.stopped_before_at,
    first_stops.stopped_at,
    sure_stops.stopped_by_at,
    first_excuses.excused_at,
    first_excuses.excused_by_at,
    first_excuses.excused_by,
    coalesce(first_excuses.is_by_owner, false) as is_excused_by_owner
from clocks
left join before_start on clocks.clock_id = before_start.clock_id
left join first_stops on clocks.clock_id = first_stops.clock_id
left join sure_stops on clocks.clock_id = sure_stops.clock_id
left join first_named on clocks.clock_id = first_named.clock_id
left join first_excuses on clocks.clock_id = first_excuses.clock_id
