-- How long a journey was in a stage: until a later stage, or until a side state ended it.
with
    transitions as (select * from {{ ref("fct_stage_transitions") }} where not is_left_again),

    stages as (select * from {{ ref("known_stages") }}),

    scores as (select * from {{ ref("fct_person_scores") }}),

    first_entries as (
        select
            transitions.journey_id,
            transitions.person_id,
            stages.stage,
            stages.stage_rank,
            min(transitions.entered_at) as entered_at
        from transitions
        inner join stages on transitions.stage = stages.stage
        group by transitions.journey_id, transitions.person_id, stages.stage, stages.stage_rank
    ),

    stays as (
        select
            entries.journey_id,
            entries.person_id,
            entries.stage,
            entries.stage_rank,
            entries.entered_at,
            min(case when others.stage_rank > entries.stage_rank then others.entered_at end) as next_stage_at,
            min(case when others.stage = 'customer' then others.entered_at end) as customer_at,
            -- A side state before the entry ended another stage.
            min(
                case
                    when others.stage_rank = 0 and others.entered_at >= entries.entered_at
                    then others.entered_at
                end
            ) as ended_at
        from first_entries as entries
        inner join first_entries as others on entries.journey_id = others.journey_id
        where entries.stage_rank > 0 and entries.stage <> 'customer'
        group by all
    )

select
    stays.journey_id,
    stays.person_id,
    stays.stage,
    stays.entered_at,
    {{ local_date("stays.entered_at") }} as entered_date,
    scores.grade,
    stays.next_stage_at,
    {{ local_date("stays.next_stage_at") }} as next_stage_date,
    stays.customer_at,
    {{ local_date("stays.customer_at") }} as customer_date,
    stays.ended_at,
    {{ local_date("least(stays.next_stage_at, stays.ended_at)") }} as left_date
from stays
left join scores on stays.person_id = scores.person_id and {{ held_at("scores", "stays.entered_at") }}
