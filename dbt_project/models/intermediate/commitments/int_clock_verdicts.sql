-- Whether each clock was kept, in the columns that every commitment has.
with
    clocks as (select * from {{ ref("int_clock_times") }}),

    as_of as (select * from {{ ref("int_as_of") }}),

    -- In this order: what was done counts before what excuses it, and a due instant that has not
    -- passed leaves it open.
    judged as (
        select
            clocks.*,
            case
                when clocks.stopped_before_at is not null
                then case when clocks.until_stage is null then 'already in contact' else 'already there' end
                when clocks.stopped_at <= clocks.due_at
                then 'in time'
                when clocks.excused_at <= clocks.due_at
                then clocks.excused_by
                when as_of.as_of <= clocks.due_at
                then 'not yet due'
                when clocks.stopped_at is not null
                then 'late'
                when clocks.until_stage is null
                then 'no contact'
                else 'no answer'
            end as status_reason,
            as_of.as_of
        from clocks
        cross join as_of
    )

select
    clock_id as commitment_id,
    version,
    team,
    kind,
    commitment,
    clock_start,
    is_agreed,
    until_stage,
    calendar,
    owner_id,
    journey_id,
    person_id,
    revenue_stream,
    lead_type,
    clock_type,
    started_at,
    due_at,
    stopped_at,
    excused_at,
    since_created_minutes,
    since_created_business_minutes,
    elapsed_minutes,
    elapsed_business_minutes,
    cast(within_minutes as double) as target,
    case when clock_type = 'business' then elapsed_business_minutes else elapsed_minutes end as actual,
    target_rate,
    case
        when status_reason in ('already in contact', 'already there', 'in time')
        then 'met'
        when status_reason in ('late', 'no contact', 'no answer')
        then 'breached'
        when status_reason = 'not yet due'
        then 'pending'
        else 'excused'
    end as status,
    status_reason
from judged
