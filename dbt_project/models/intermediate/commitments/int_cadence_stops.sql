-- What ends a cadence: the first event after the start that the agreement names, with how the lead went on.
with
    cadences as (select * from {{ ref("int_clocks") }} where kind = 'cadence'),

    stop_rules as (select * from {{ source("agreement", "commitment_stops") }}),

    activities as (
        select *, {{ latest_of("happened_at") }} as latest_at from {{ ref("int_person_activities") }}
    ),

    transitions as (
        select *, {{ latest_of("entered_at") }} as latest_at from {{ ref("int_stage_transitions") }}
    ),

    exits as (select * from {{ ref("int_stage_exits") }}),

    stages as (select * from {{ ref("known_stages") }}),

    person_events as (
        select
            person_id,
            case
                when activity_type = 'opt_out'
                then 'opt_out'
                when activity_class = 'conversation' and activity_type = 'meeting'
                then 'meeting'
                when is_inbound and activity_type in ('call', 'email', 'meeting')
                then 'replied'
            end as direction,
            happened_at,
            latest_at
        from activities
    ),

    -- A person who has opted out stays so in the next journey; a reply or a meeting counts from the start on.
    events as (
        select
            cadences.clock_id,
            person_events.direction,
            cast(null as string) as reason_class,
            false as is_by_owner,
            person_events.happened_at,
            case
                when
                    person_events.happened_at >= cadences.latest_started_at
                    or person_events.direction = 'opt_out'
                then person_events.latest_at
            end as stopped_by_at
        from cadences
        inner join
            person_events
            on cadences.person_id = person_events.person_id
            and person_events.happened_at < cadences.counts_to
            and (person_events.latest_at >= cadences.started_at or person_events.direction = 'opt_out')
        union all
        select
            cadences.clock_id,
            case
                when entered.is_side_state
                then transitions.stage
                when entered.stage_rank > started.stage_rank
                then 'won_forward'
                else 'moved_back'
            end as direction,
            exits.reason_class,
            coalesce(exits.is_by_owner, false) as is_by_owner,
            transitions.entered_at as happened_at,
            transitions.latest_at as stopped_by_at
        from cadences
        inner join
            transitions
            on cadences.journey_id = transitions.journey_id
            and cadences.clock_start != transitions.stage
            and transitions.latest_at > cadences.started_at
        inner join stages as started on cadences.clock_start = started.stage
        -- Of the day of the start, what the funnel puts after it.
        inner join
            stages as entered
            on transitions.stage = entered.stage
            and (
                transitions.entered_at > cadences.started_at
                or entered.is_side_state
                or entered.stage_rank > started.stage_rank
            )
        left join exits on transitions.stage_transition_id = exits.stage_transition_id
    )

select
    events.clock_id,
    stop_rules.stop_rule,
    events.direction,
    events.reason_class,
    events.is_by_owner,
    events.happened_at as stopped_at,
    -- By then one of them has certainly stopped it.
    min(events.stopped_by_at) over (partition by events.clock_id) as stopped_by_at
from events
inner join cadences on events.clock_id = cadences.clock_id
inner join
    stop_rules
    on cadences.agreement_version = stop_rules.agreement_version
    and cadences.commitment = stop_rules.commitment
    and events.direction = stop_rules.direction
    and (stop_rules.reason_class is null or events.reason_class = stop_rules.reason_class)
qualify
    row_number() over (
        partition by events.clock_id
        order by events.happened_at, events.is_by_owner, events.direction, stop_rules.stop_rule
    )
    = 1
