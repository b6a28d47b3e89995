-- An answer belongs to the survey whose row names it, else to the last one of its type that its respondent
-- got before it.
with
    persons as (select * from {{ ref("int_person_links") }}),

    accounts as (select * from {{ ref("int_account_links") }}),

    records as (
        {%- for kind, record, model, happened_at in [
            ("survey", "invitation_record_id", "int_survey_invitations", "sent_at"),
            ("answer", "feedback_record_id", "int_feedback", "given_at"),
        ] %}
            select
                '{{ kind }}' as kind,
                system,
                feedback_type,
                {{ global_id("system", record) }} as record_id,
                {{ global_id("system", "feedback_record_id") }} as feedback_id,
                person_record_id,
                {{ global_id("system", "account_record_id") }} as account_record_id,
                {{ happened_at }} as happened_at
            from {{ ref(model) }}
            where
                {{ until_as_of(happened_at) }}
                and {{
                    (
                        survey_fault("feedback_type", "exclusion_reason")
                        if kind == "survey"
                        else feedback_fault("feedback_type", "score")
                    )
                }} is null
                {{ "union all" if not loop.last }}
        {%- endfor %}
    ),

    -- By the person, and only where none is named by the account.
    known as (
        select
            records.*,
            coalesce(
                persons.person_id,
                {{ global_id("records.system", "records.person_record_id") }},
                accounts.account_id,
                records.account_record_id
            ) as respondent
        from records
        left join
            persons on records.system = persons.system and records.person_record_id = persons.person_record_id
        left join accounts on records.account_record_id = accounts.account_record_id
    ),

    answers as (select * from known where kind = 'answer'),

    pairs as (
        select answers.feedback_id, surveys.record_id as invitation_id, surveys.happened_at, 1 as is_named
        from known as surveys
        inner join answers on surveys.feedback_id = answers.feedback_id
        where surveys.kind = 'survey'
        union all
        select answers.feedback_id, surveys.record_id as invitation_id, surveys.happened_at, 0 as is_named
        from known as surveys
        inner join
            answers
            on surveys.system = answers.system
            and surveys.feedback_type = answers.feedback_type
            and surveys.respondent = answers.respondent
            and surveys.happened_at <= {{ latest_of("answers.happened_at") }}
        where surveys.kind = 'survey' and surveys.feedback_id is null
    )

select feedback_id, invitation_id
from pairs
qualify
    row_number() over (partition by feedback_id order by is_named desc, happened_at desc, invitation_id) = 1
