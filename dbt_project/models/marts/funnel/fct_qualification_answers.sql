{%- set held_columns -%}
    held.question,
    held.answer_label,
    held.answer_record_id,
    held.is_known,
    held.is_word,
    held.entered_at,
    held.entered_after_at,
    held.earliest_at,
    held.latest_at,
    held.ended_after_at,
    held.ended_by_at
{%- endset -%}

with
    journeys as (select * from {{ ref("fct_journeys") }}),

    held as (select * from {{ ref("int_answers_held") }}),

    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    deals as (select * from {{ ref("fct_opportunities") }}),

    -- Between two instants where only those are known; a day without a time is any of its instants.
    sqls as (
        select
            journey_id,
            entered_at as sql_at,
            coalesce(entered_after_at, entered_at) as sql_after_at,
            {{ latest_of("entered_at") }} as sql_by_at
        from {{ ref("fct_stage_transitions") }}
        where stage = 'sql' and not is_left_again
        qualify row_number() over (partition by journey_id order by entered_at, stage_transition_id) = 1
    ),

    -- A system in which nobody has ever answered a question does not ask it.
    asked as (select distinct system, question from held),

    systems as (
        select journeys.journey_id, links.system
        from journeys
        inner join links on journeys.person_id = links.person_id
        union
        select journey_id, system
        from deals
        where journey_id is not null
    ),

    questions as (
        select distinct systems.journey_id, asked.question
        from systems
        inner join asked on systems.system = asked.system
    ),

    -- What a record of the person has is of all of their journeys, what a deal has of its own.
    answers as (
        select journeys.journey_id, {{ held_columns }}
        from held
        inner join journeys on held.person_id = journeys.person_id
        union all
        select held.journey_id, {{ held_columns }}
        from held
        where held.journey_id is not null
    ),

    latest as (
        select answers.*
        from answers
        inner join journeys on answers.journey_id = journeys.journey_id
        where answers.ended_by_at is null and coalesce(answers.earliest_at < journeys.next_entered_at, true)
        qualify
            row_number() over (
                partition by answers.journey_id, answers.question
                order by
                    case when answers.is_known then 1 when answers.is_known is null then 2 else 3 end,
                    answers.entered_at desc nulls last,
                    answers.answer_record_id
            )
            = 1
    ),

    at_sql as (
        select
            answers.journey_id,
            answers.question,
            max(
                case
                    when
                        answers.is_known
                        and answers.latest_at <= sqls.sql_after_at
                        and coalesce(answers.ended_after_at > sqls.sql_by_at, true)
                    then 1
                    else 0
                end
            )
            = 1 as was_known,
            max(
                case
                    when
                        coalesce(answers.is_known, true)
                        and answers.earliest_at <= sqls.sql_by_at
                        and coalesce(answers.ended_by_at > sqls.sql_after_at, true)
                    then 1
                    else 0
                end
            )
            = 1 as may_have_been_known
        from answers
        inner join sqls on answers.journey_id = sqls.journey_id
        group by answers.journey_id, answers.question
    )

select
    questions.journey_id,
    journeys.person_id,
    questions.question,
    cast(
        case
            questions.question
            {%- for question in qualification_questions() %}
                when '{{ question }}' then {{ loop.index }}
            {%- endfor %}
        end as bigint
    ) as question_place,
    case when latest.is_word then latest.answer_label end as answer_label,
    case when latest.question is null then false else latest.is_known end as is_known,
    latest.entered_at as answer_entered_at,
    latest.entered_after_at as answer_entered_after_at,
    {{ utc_to_local("latest.entered_at", company_zone()) }} as answer_entered_local_at,
    sqls.sql_at,
    {{ local_date("sqls.sql_at") }} as sql_date,
    case
        when sqls.sql_at is null
        then null
        when at_sql.was_known
        then true
        when not coalesce(at_sql.may_have_been_known, false)
        then false
    end as is_known_at_sql,
    journeys.owner_id,
    journeys.revenue_stream,
    journeys.lead_type,
    journeys.channel
from questions
inner join journeys on questions.journey_id = journeys.journey_id
left join sqls on questions.journey_id = sqls.journey_id
left join latest on questions.journey_id = latest.journey_id and questions.question = latest.question
left join at_sql on questions.journey_id = at_sql.journey_id and questions.question = at_sql.question
