-- What ends the duty to keep trying: the first thing that happens after the start and that
-- the agreement names.
with
    cadences as (select * from {{ ref("int_clocks") }} where kind = 'cadence'),

    stop_rules as (select * from {{ ref("stg_agreement__commitment_stops") }}),

    activities as (select * from {{ ref("int_person_activities") }}),

    transitions as (select * from {{ ref("int_stage_transitions") }}),

    person_events as (
        select
            person_id,
            case
                when activity_type = 'opt_out'
                then 'opt_out'
                when is_contact and activity_type = 'meeting'
                then 'meeting'
                when is_inbound and activity_type in ('call', 'email', 'meeting')
                then 'reply'
            end as stop_rule,
            happened_at
        from activities
    ),

    -- Who has opted out stays so in the next journey; a reply or a meeting counts from the start on.
    events as (
        select cadences.clock_id, person_events.stop_rule, person_events.happened_at
        from cadences
        inner join
            person_events
            on cadences.person_id = person_events.person_id
            and person_events.happened_at < cadences.counts_to
            and (person_events.happened_at >= cadences.started_at or person_events.stop_rule = 'opt_out')
        union all
        select cadences.clock_id, 'stage_exit' as stop_rule, transitions.entered_at as happened_at
        from cadences
        inner join
            transitions
            on cadences.journey_id = transitions.journey_id
            and cadences.clock_start != transitions.stage
            and transitions.entered_at > cadences.started_at
    )

select events.clock_id, events.stop_rule, events.happened_at as stopped_at
from events
inner join cadences on events.clock_id = cadences.clock_id
inner join
    stop_rules
    on cadences.version = stop_rules.version
    and cadences.commitment = stop_rules.commitment
    and events.stop_rule = stop_rules.stop_rule
qualify row_number() over (partition by events.clock_id order by events.happened_at, events.stop_rule) = 1
