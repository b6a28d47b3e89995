-- Whether a survey that was sent is answered, and in time. What the files cannot show is unknown, not
-- unanswered.
{%- set answer_days = 14 %}
with
    sent as (
        select *
        from {{ ref("int_survey_invitations") }}
        where {{ until_as_of("sent_at") }} and {{ survey_fault("feedback_type", "exclusion_reason") }} is null
    ),

    build as (select * from {{ ref("dim_build") }}),

    links as (select * from {{ ref("int_person_links") }}),

    account_links as (select * from {{ ref("int_account_links") }}),

    persons as (select * from {{ ref("dim_person") }}),

    feedback as (select * from {{ ref("fct_feedback") }}),

    -- A system shows answers until its files end, and those of a type from the first one on.
    system_ends as (
        select system, max(system_last_date) as last_date
        from {{ ref("fct_source_freshness") }}
        group by system
    ),

    first_answers as (
        select system, feedback_type, min(given_date) as first_date
        from feedback
        group by system, feedback_type
    ),

    answers as (
        select invitation_id, feedback_id, given_at, given_date
        from feedback
        where invitation_id is not null
        qualify row_number() over (partition by invitation_id order by given_at, feedback_id) = 1
    ),

    invitations as (
        select
            {{ global_id("sent.system", "sent.invitation_record_id") }} as invitation_id,
            sent.*,
            links.person_id,
            coalesce(
                account_links.account_id,
                {{ global_id("sent.system", "sent.account_record_id") }},
                persons.account_id
            ) as account_id,
            {{ local_date("sent.sent_at") }} as sent_date
        from sent
        left join links on sent.system = links.system and sent.person_record_id = links.person_record_id
        left join persons on links.person_id = persons.person_id
        left join
            account_links
            on {{ global_id("sent.system", "sent.account_record_id") }} = account_links.account_record_id
        where links.exclusion_reason is null
    ),

    dated as (
        select
            invitations.*,
            answers.feedback_id,
            answers.given_at as answered_at,
            {{ days_apart("invitations.sent_date", "answers.given_date") }} as answer_days,
            coalesce(
                {{ days_apart("invitations.sent_date", "least(system_ends.last_date, build.as_of_date)") }}
                > {{ answer_days }},
                false
            ) as is_mature,
            -- A row that names an answer which no file has, or nobody, shows nothing.
            coalesce(
                {{ days_apart("invitations.sent_date", "first_answers.first_date") }} <= {{ answer_days }},
                false
            )
            and invitations.feedback_record_id is null
            and coalesce(invitations.person_record_id, invitations.account_record_id) is not null as is_shown
        from invitations
        cross join build
        left join answers on invitations.invitation_id = answers.invitation_id
        left join system_ends on invitations.system = system_ends.system
        left join
            first_answers
            on invitations.system = first_answers.system
            and invitations.feedback_type = first_answers.feedback_type
    )

select
    invitation_id,
    system,
    feedback_type,
    person_id,
    account_id,
    sent_at,
    sent_date,
    feedback_id,
    answered_at,
    case
        when answer_days <= {{ answer_days }}
        then 'answered'
        when answer_days is not null
        then 'late'
        when not is_shown
        then 'unknown'
        when is_mature
        then 'unanswered'
        else 'waiting'
    end as outcome,
    is_mature
from dated
