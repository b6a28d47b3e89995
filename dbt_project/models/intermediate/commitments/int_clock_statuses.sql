{%- set is_by_owner = "is_excused_by_owner and until_stage is null" -%}
{%- set readings = {
    "if_kept": ["kept_at", "due_at", "excused_by_at"],
    "if_excused": ["kept_by_at", "due_at", "excused_from_at"],
    "if_missed": ["kept_by_at", "earliest_due_at", "excused_by_at"],
} -%}

-- Whether each clock was kept when it fell due, in the columns that every commitment has.
with
    clocks as (select * from {{ ref("int_clock_times") }}),

    as_of as (select * from {{ ref("int_as_of") }}),

    known as (select * from {{ ref("int_known_until") }}),

    -- A lead that was in contact before the clock started has kept it from its start on. Of dates without a
    -- time the first and the last instant that they can mean are evaluated.
    kept as (
        select
            clocks.*,
            -- A contact of which the day alone is known is too late on the day that begins when it was due.
            case
                when clocks.stopped_before_at is not null
                then clocks.started_at
                when clocks.elapsed_minutes is not null or clocks.stopped_at <> clocks.due_at
                then clocks.stopped_at
            end as kept_at,
            case
                when clocks.stopped_before_at <= clocks.stopped_by_at
                then clocks.started_at
                else clocks.stopped_by_at
            end as kept_by_at,
            case
                when clocks.excused_at < clocks.started_at then clocks.started_at else clocks.excused_at
            end as excused_from_at,
            as_of.as_of,
            -- Nothing is missed that the sources do not reach.
            least(
                as_of.as_of,
                coalesce(
                    case
                        when clocks.until_stage is null
                        then known.activities_until
                        else known.stage_changes_until
                    end,
                    as_of.as_of
                )
            ) as known_until
        from clocks
        cross join as_of
        left join known on clocks.person_id = known.person_id
    ),

    -- An owner can evade a commitment to contact; a no to a handoff is an answer.
    with_own_exits as (
        select *, {{ is_own_exit(is_by_owner, "excused_at", "due_at", "kept_at") }} as is_own_exit from kept
    ),

    excused as (
        select *, {{ valid_excuse("excused_at", "is_own_exit", "own_exit") }} as valid_excused_at
        from with_own_exits
    ),

    outcomes as (
        select
            *
            {%- for outcome, times in readings.items() %}
                ,
                {{ commitment_outcome(times[0], times[1], times[2], is_by_owner, "own_exit") }}
                as {{ outcome }}
            {%- endfor %}
        from excused
    ),

    evaluated as (
        select *, {{ dated_status("if_kept", "if_excused", "if_missed", "due_at", "known_until") }} as status
        from outcomes
    ),

    {{
        owner_when_due(
            "evaluated", "when 'missed' then due_at when 'excused' then valid_excused_at", "owner_id"
        )
    }}

select
    clock_id as commitment_id,
    agreement_version,
    team,
    kind,
    {{ commitment_of_tier("commitment", "tier") }} as commitment,
    tier,
    clock_start,
    is_agreed,
    until_stage,
    calendar,
    when_due_owner_id as owner_id,
    case when stopped_at is null then when_due_owner_id else owner_id end as answering_owner_id,
    journey_id,
    person_id,
    revenue_stream,
    lead_type,
    clock_type,
    started_at,
    due_at,
    earliest_due_at,
    stopped_at,
    valid_excused_at as excused_at,
    since_created_minutes,
    since_created_business_minutes,
    elapsed_minutes,
    elapsed_business_minutes,
    cast(within_minutes as double) as target,
    case when clock_type = 'business' then elapsed_business_minutes else elapsed_minutes end as actual,
    target_rate,
    status,
    case
        when status = 'excused'
        then excused_by
        when status = 'not_evaluated'
        then 'date without a time'
        when status = 'open' and due_at < as_of
        then 'not known yet'
        when status = 'open'
        then 'not yet due'
        when status in ('kept', 'early') and stopped_before_at is null
        then 'in time'
        when status in ('kept', 'early')
        then case when until_stage is null then 'already in contact' else 'already there' end
        when stopped_at is not null
        then 'late'
        when until_stage is null
        then 'no contact'
        else 'no answer'
    end as status_reason,
    case
        when status = 'excused' or (is_own_exit and status <> 'not_evaluated') then excused_by
    end as excuse_reason,
    is_own_exit and status <> 'not_evaluated' as is_own_exit
from owned
