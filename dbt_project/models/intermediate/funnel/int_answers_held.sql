{%- set following -%}
    over (
        partition by system, person_record_id, opportunity_record_id, question
        order by entered_at nulls last, answer_record_id
        rows between 1 following and unbounded following
    )
{%- endset -%}

-- From when a record had a value until it had none that answers: each end between two instants.
with
    answers as (select * from {{ ref("int_qualification_answers") }}),

    meanings as (select * from {{ ref("int_answer_meanings") }}),

    links as (select * from {{ ref("int_person_links") }}),

    opportunities as (select * from {{ ref("int_known_opportunities") }}),

    as_of as (select * from {{ ref("int_as_of") }}),

    -- What may have been entered by the as-of; by when is not known where that is later.
    known as (
        select
            answers.system,
            answers.answer_record_id,
            answers.person_record_id,
            answers.opportunity_record_id,
            answers.question,
            answers.answer_label,
            meanings.is_known,
            meanings.is_word,
            answers.entered_after_at,
            case when answers.entered_at <= as_of.as_of then answers.entered_at end as entered_at
        from answers
        cross join as_of
        left join
            meanings
            on answers.system = meanings.system
            and answers.question = meanings.question
            and answers.answer_label = meanings.answer_label
        where
            coalesce(answers.entered_after_at, answers.entered_at) <= as_of.as_of
            or answers.entered_at is null
    ),

    bounded as (
        select
            *,
            coalesce(entered_after_at, entered_at, timestamp '0001-01-01') as earliest_at,
            {{ latest_of("entered_at") }} as latest_at,
            answer_label is not null and coalesce(is_known, true) as may_answer
        from known
    ),

    held as (
        select
            *,
            min(case when not may_answer then earliest_at end) {{ following }} as ended_after_at,
            min(case when not may_answer then latest_at end) {{ following }} as ended_by_at
        from bounded
    )

select
    held.system,
    held.answer_record_id,
    case when held.opportunity_record_id is null then links.person_id end as person_id,
    opportunities.journey_id,
    held.question,
    held.answer_label,
    held.is_known,
    held.is_word,
    held.entered_at,
    held.entered_after_at,
    held.earliest_at,
    held.latest_at,
    held.ended_after_at,
    held.ended_by_at
from held
left join links on held.system = links.system and held.person_record_id = links.person_record_id
left join
    opportunities
    on {{ global_id("held.system", "held.opportunity_record_id") }} = opportunities.opportunity_id
where
    held.answer_label is not null
    and case when held.opportunity_record_id is null then links.person_id else opportunities.journey_id end
    is not null
    and links.exclusion_reason is null
