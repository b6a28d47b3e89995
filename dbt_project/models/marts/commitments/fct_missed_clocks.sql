-- The first cause that applies, from what nobody in the team can change to what the owner can.
with
    reported as (
        select * from {{ ref("fct_reported_commitments") }} where kind = 'clock' and status = 'missed'
    ),

    commitments as (select * from {{ ref("fct_commitments") }} where kind = 'clock'),

    holders as (select * from {{ ref("fct_clock_owners") }}),

    handoffs as (select * from {{ ref("fct_handoffs") }}),

    slots as (select * from {{ ref("int_business_calendar") }}),

    load as (
        select
            owner_id,
            month_date,
            {{ rounded("sum(cast(month_leads / leads_per_rep as decimal(28, 12)))", 9) }} as load_rate
        from {{ ref("fct_owner_load") }}
        group by owner_id, month_date
    ),

    -- Whole microseconds, on the clock of the commitment: their sum does not depend on the order of rows.
    timed as (
        select
            *,
            cast(
                case when clock_type = 'business' then held_business_minutes else held_minutes end
                * 60000000 as bigint
            ) as passed
        from holders
    ),

    held as (
        select
            commitment_id,
            cast(sum(passed) as double) / 60000000 as ran_minutes,
            cast(coalesce(sum(passed) filter (where time_of = 'system'), 0) as double)
            / 60000000 as nobody_minutes,
            cast(coalesce(sum(passed) filter (where time_of in ('absent', 'cover')), 0) as double)
            / 60000000 as absent_minutes,
            count(*) filter (where time_of = 'system' and is_owner_when_due) > 0 as is_nobody_when_due,
            count(*) filter (where time_of in ('absent', 'cover') and is_owner_when_due)
            > 0 as is_absent_when_due
        from timed
        group by commitment_id
    ),

    missed as (
        select
            reported.*,
            commitments.journey_id,
            commitments.calendar,
            {{ to_microseconds("reported.started_at") }} as started_microseconds
        from reported
        left join commitments on reported.commitment_id = commitments.commitment_id
    ),

    -- A lead that comes in after hours waits for the first open quarter of an hour, before which as many
    -- are open.
    opened as (
        select
            missed.*,
            opening.slot_number * {{ slot_microseconds() }} as opens_microseconds,
            not arrival.is_open as is_after_hours
        from missed
        left join
            slots as arrival
            on missed.agreement_version = arrival.agreement_version
            and missed.calendar = arrival.calendar
            and {{ slot_of("missed.started_microseconds") }} = arrival.slot_number
        left join
            (select * from slots where is_open) as opening
            on arrival.agreement_version = opening.agreement_version
            and arrival.calendar = opening.calendar
            and arrival.open_slots_before = opening.open_slots_before
    ),

    explained as (
        select
            opened.*,
            held.ran_minutes,
            held.nobody_minutes,
            held.absent_minutes,
            load.load_rate,
            handoffs.lead_value,
            handoffs.first_attempt_at,
            held.is_nobody_when_due
            or (
                held.nobody_minutes > 0
                and held.ran_minutes - held.nobody_minutes <= opened.target
                and opened.stopped_at is not null
            ) as is_assigned_late,
            held.is_absent_when_due
            or (
                held.absent_minutes > 0
                and held.ran_minutes - held.absent_minutes <= opened.target
                and opened.stopped_at is not null
            ) as is_owner_absent,
            opened.clock_type = 'calendar'
            and opened.is_after_hours
            and {{ to_microseconds("opened.stopped_at") }} - opened.opens_microseconds
            <= opened.target * 60000000 as is_kept_from_opening
        from opened
        left join held on opened.commitment_id = held.commitment_id
        left join load on opened.owner_id = load.owner_id and opened.month_date = load.month_date
        left join handoffs on opened.journey_id = handoffs.journey_id
    )

select
    commitment_id,
    agreement_version,
    team,
    commitment,
    month_date,
    owner_id,
    journey_id,
    revenue_stream,
    lead_type,
    started_at,
    due_at,
    stopped_at,
    nobody_minutes / 60 as nobody_hours,
    absent_minutes / 60 as absent_hours,
    load_rate,
    lead_value,
    case
        when is_assigned_late
        then 'late assignment'
        when is_owner_absent
        then 'absence'
        when stopped_at is null and first_attempt_at is null
        then 'never touched'
        when stopped_at is null
        then 'no answer'
        when is_kept_from_opening
        then 'after hours'
        when load_rate > 1
        then 'overload'
        else 'none known'
    end as cause
from explained
