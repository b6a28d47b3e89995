with
    feedback as (
        select *
        from {{ ref("int_feedback") }}
        where {{ until_as_of("given_at") }} and {{ feedback_fault("feedback_type", "score") }} is null
    ),

    links as (select * from {{ ref("int_person_links") }}),

    account_links as (select * from {{ ref("int_account_links") }}),

    persons as (select * from {{ ref("dim_person") }}),

    survey_answers as (select * from {{ ref("int_survey_answers") }})

select
    {{ global_id("feedback.system", "feedback.feedback_record_id") }} as feedback_id,
    feedback.system,
    feedback.feedback_type,
    links.person_id,
    coalesce(
        account_links.account_id,
        {{ global_id("feedback.system", "feedback.account_record_id") }},
        persons.account_id
    ) as account_id,
    survey_answers.invitation_id,
    feedback.given_at,
    {{ local_date("feedback.given_at") }} as given_date,
    feedback.score,
    case
        when feedback.feedback_type != 'nps'
        then null
        when feedback.score >= 9
        then 'promoter'
        when feedback.score >= 7
        then 'passive'
        else 'detractor'
    end as nps_class,
    coalesce(feedback.reason_label, '(none)') as reason_label
from feedback
left join links on feedback.system = links.system and feedback.person_record_id = links.person_record_id
left join persons on links.person_id = persons.person_id
left join
    account_links
    on {{ global_id("feedback.system", "feedback.account_record_id") }} = account_links.account_record_id
left join
    survey_answers
    on {{ global_id("feedback.system", "feedback.feedback_record_id") }} = survey_answers.feedback_id
where links.exclusion_reason is null
