{%- set compared_starts = "('created', 'mql', 'handed_over', 'assigned', 'accepted')" -%}

-- Every commitment to act on a lead, on every journey, from the agreed start; a commitment to contact also
-- from the other starts that tools count from. Evaluated by the version of that instant.
with
    versions as (select * from {{ ref("stg_agreement__versions") }}),

    commitments as (
        select * from {{ source("agreement", "commitments") }} where kind in ('clock', 'cadence')
    ),

    starts as (select * from {{ ref("int_clock_starts") }}),

    tiers as (select * from {{ ref("int_clock_tiers") }}),

    own_calendars as (select * from {{ ref("int_clock_calendars") }}),

    journeys as (select * from {{ ref("int_journeys") }}),

    persons as (select person_id, created_at from {{ ref("int_person_profiles") }}),

    evaluated as (
        select
            starts.journey_id,
            starts.clock_start,
            starts.started_at,
            {{ latest_of("starts.started_at") }} as latest_started_at,
            commitments.agreement_version,
            commitments.commitment,
            commitments.tier_number,
            commitments.tier,
            commitments.kind,
            commitments.team,
            commitments.clock_type,
            coalesce(own_calendars.calendar, commitments.calendar) as calendar,
            commitments.within_minutes,
            commitments.already_in_contact_minutes,
            commitments.until_stage,
            commitments.target_rate,
            commitments.own_exit,
            commitments.absence,
            -- A version can count from another start than the one before: the first that was agreed counts.
            starts.clock_start = commitments.clock_start
            and row_number() over (
                partition by
                    starts.journey_id, commitments.commitment, starts.clock_start = commitments.clock_start
                order by starts.started_at, starts.clock_start
            )
            = 1 as is_agreed
        from starts
        inner join versions on {{ in_force_at("versions", "starts.started_at") }}
        inner join commitments on versions.agreement_version = commitments.agreement_version
        left join
            tiers
            on starts.journey_id = tiers.journey_id
            and starts.clock_start = tiers.clock_start
            and commitments.commitment = tiers.commitment
        left join
            own_calendars
            on starts.journey_id = own_calendars.journey_id
            and starts.clock_start = own_calendars.clock_start
            and commitments.commitment = own_calendars.commitment
        -- Before they are numbered: most starts belong to other commitments.
        where
            commitments.tier_number is not distinct from tiers.tier_number
            and (
                starts.clock_start = commitments.clock_start
                or (
                    commitments.kind = 'clock'
                    and commitments.until_stage is null
                    and starts.clock_start in {{ compared_starts }}
                )
            )
    )

select
    evaluated.journey_id
    || ':'
    || evaluated.commitment
    || case when evaluated.is_agreed then '' else ':' || evaluated.clock_start end as clock_id,
    evaluated.*,
    journeys.person_id,
    journeys.owner_id as journey_owner_id,
    journeys.revenue_stream,
    journeys.lead_type,
    journeys.entered_at as journey_entered_at,
    journeys.counts_from,
    journeys.counts_to,
    -- A contact before the start keeps the commitment for that long, and none is older than the lead itself.
    case
        when evaluated.already_in_contact_minutes is not null
        then
            greatest(
                persons.created_at,
                {{
                    from_microseconds(
                        to_microseconds("evaluated.started_at")
                        ~ " - cast(evaluated.already_in_contact_minutes as bigint) * 60000000"
                    )
                }}
            )
    end as in_contact_from,
    -- What happened from then on counts, at whatever time of its day the commitment started. A contact is not
    -- older than the record of the lead, so that one of the day on which this was created came after it.
    greatest(
        case when journeys.journey_number > 1 then {{ latest_of("journeys.entered_at") }} end,
        least(
            evaluated.latest_started_at,
            case
                when evaluated.already_in_contact_minutes is not null
                then
                    greatest(
                        {{ start_of_date(local_date("persons.created_at")) }},
                        {{
                            from_microseconds(
                                to_microseconds("evaluated.latest_started_at")
                                ~ " - cast(evaluated.already_in_contact_minutes as bigint) * 60000000"
                            )
                        }}
                    )
            end
        )
    ) as counts_surely_from
from evaluated
inner join journeys on evaluated.journey_id = journeys.journey_id
left join persons on journeys.person_id = persons.person_id
where
    evaluated.is_agreed
    or (
        evaluated.kind = 'clock'
        and evaluated.until_stage is null
        and evaluated.clock_start in {{ compared_starts }}
    )
