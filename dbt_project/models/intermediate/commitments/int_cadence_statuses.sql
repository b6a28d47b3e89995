{%- set readings = {
    "if_kept": ["reached_at", "due_at", "stopped_by_at"],
    "if_excused": ["reached_by_at", "due_at", "stated_at"],
    "if_missed": ["reached_by_at", "earliest_due_at", "stopped_by_at"],
} -%}

-- Whether each step of a cadence was kept: attempts within a time after the start (requirements R10, R11).
with
    promised as (select * from {{ ref("int_cadence_steps") }}),

    tries as (select * from {{ ref("int_cadence_attempts") }}),

    stops as (select * from {{ ref("int_cadence_stops") }}),

    as_of as (select * from {{ ref("int_as_of") }}),

    known as (select * from {{ ref("int_known_until") }}),

    attempted as (
        select
            promised.clock_id,
            promised.attempts,
            promised.is_gap,
            count(*) filter (where tries.happened_at <= promised.due_at) as attempts_made,
            min(tries.happened_at) filter (where tries.attempt_number = promised.attempts) as reached_at,
            min(tries.latest_at) filter (where tries.sure_number = promised.attempts) as reached_by_at
        from promised
        inner join tries on promised.clock_id = tries.clock_id
        group by promised.clock_id, promised.attempts, promised.is_gap
    ),

    stopped as (
        select
            promised.*,
            coalesce(attempted.attempts_made, 0) as attempts_made,
            attempted.reached_at,
            attempted.reached_by_at,
            stops.is_by_owner,
            stops.stopped_by_at,
            stops.stop_rule,
            stops.direction,
            stops.stopped_at as stated_at,
            {{
                is_own_exit(
                    "stops.is_by_owner", "stops.stopped_at", "promised.due_at", "attempted.reached_at"
                )
            }} as is_own_exit
        from promised
        left join
            attempted
            on promised.clock_id = attempted.clock_id
            and promised.attempts = attempted.attempts
            and promised.is_gap = attempted.is_gap
        left join stops on promised.clock_id = stops.clock_id
    ),

    excused as (
        select *, {{ valid_excuse("stated_at", "is_own_exit", "own_exit") }} as excused_at from stopped
    ),

    -- Of dates without a time the first and the last instant that they can mean are evaluated.
    outcomes as (
        select
            *
            {%- for outcome, times in readings.items() %}
                ,
                {{ commitment_outcome(times[0], times[1], times[2], "is_by_owner", "own_exit") }}
                as {{ outcome }}
            {%- endfor %}
        from excused
    ),

    evaluated as (
        select
            outcomes.*,
            as_of.as_of,
            {{
                dated_status(
                    "if_kept",
                    "if_excused",
                    "if_missed",
                    "due_at",
                    "least(as_of.as_of, coalesce(known.activities_until, as_of.as_of))",
                )
            }} as status
        from outcomes
        cross join as_of
        left join known on outcomes.person_id = known.person_id
    ),

    {{
        owner_when_due(
            "evaluated",
            "when 'kept' then reached_at when 'missed' then due_at when 'excused' then excused_at",
            "journey_owner_id",
        )
    }}

select
    clock_id || case when is_gap then ':next:' else ':' end || cast(attempts as string) as commitment_id,
    clock_id,
    agreement_version,
    team,
    kind,
    commitment,
    tier,
    when_due_owner_id as owner_id,
    journey_id,
    revenue_stream,
    lead_type,
    'calendar' as clock_type,
    started_at,
    due_at,
    reached_at as stopped_at,
    case
        when {{ has_time("started_at") }} and {{ has_time("reached_at") }}
        then {{ minutes_between("started_at", "reached_at") }}
    end as elapsed_minutes,
    cast(null as double) as elapsed_business_minutes,
    cast(attempts as double) as target,
    cast(attempts_made as double) as actual,
    target_rate,
    excused_at,
    status,
    case
        when status in ('kept', 'early')
        then 'in time'
        when status = 'excused'
        then stop_rule
        when status = 'not_evaluated'
        then 'date without a time'
        when status = 'open' and due_at < as_of
        then 'not known yet'
        when status = 'open'
        then 'not yet due'
        when reached_at is not null
        then 'late'
        else 'too few attempts'
    end as status_reason,
    case
        when status = 'excused' or (is_own_exit and status <> 'not_evaluated') then direction
    end as excuse_reason,
    is_own_exit and status <> 'not_evaluated' as is_own_exit
from owned
