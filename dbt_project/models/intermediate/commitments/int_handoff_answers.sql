-- The first answer of sales to each lead that was handed over: a yes is the agreed stage or one beyond it.
-- For a lead without an answer in the agreed time, the agreement defines what silence means, until an answer
-- comes after all.
with
    leads as (select * from {{ ref("int_delivered_leads") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    stages as (select * from {{ ref("known_stages") }}),

    transitions as (select * from {{ ref("int_stage_transitions") }}),

    as_of as (select * from {{ ref("int_as_of") }}),

    answers as (
        select
            leads.journey_id,
            case when transitions.stage = 'rejected' then 'rejected' else 'accepted' end as answer,
            transitions.entered_at as answered_at
        from leads
        inner join versions on leads.agreement_version = versions.agreement_version
        inner join stages as accepting on versions.accepted_stage = accepting.stage
        inner join
            transitions
            on leads.journey_id = transitions.journey_id
            and {{ latest_of("transitions.entered_at") }} >= leads.handed_over_at
        inner join stages as entered_stages on transitions.stage = entered_stages.stage
        where transitions.stage = 'rejected' or entered_stages.stage_rank >= accepting.stage_rank
        qualify
            row_number() over (
                partition by leads.journey_id
                order by
                    transitions.entered_at, entered_stages.stage_rank desc, transitions.stage_transition_id
            )
            = 1
    ),

    silences as (
        select
            leads.journey_id,
            versions.unanswered_answer as answer,
            {{
                from_microseconds(
                    to_microseconds(latest_of("leads.handed_over_at"))
                    ~ " + cast(versions.unanswered_after_days as bigint) * 86400000000"
                )
            }} as answered_at
        from leads
        inner join versions on leads.agreement_version = versions.agreement_version
        where versions.unanswered_answer is not null
    ),

    -- A lead that left the funnel before then has nothing outstanding any more.
    ends as (
        select silences.journey_id
        from silences
        inner join
            transitions
            on silences.journey_id = transitions.journey_id
            and transitions.entered_at <= silences.answered_at
        inner join stages on transitions.stage = stages.stage and stages.is_side_state
        group by silences.journey_id
    ),

    all_answers as (
        select *, false as is_silence
        from answers
        union all
        select silences.*, true as is_silence
        from silences
        cross join as_of
        left join ends on silences.journey_id = ends.journey_id
        where silences.answered_at < as_of.as_of and ends.journey_id is null
    )

select journey_id, answer, answered_at
from all_answers
qualify row_number() over (partition by journey_id order by answered_at, is_silence) = 1
