with
    responses as ({{ current_rows("surveys", "responses") }}),

    labelled as (
        select
            *,
            lower(coalesce(survey_type, _file)) as type_label,
            nullif(lower({{ trimmed("email") }}), '') as normalised_email,
            coalesce(
                {{ utc_or_day("answered_at_utc") }}, {{ export_utc("answered_at", "surveys", "responses") }}
            ) as given_at
        from responses
    )

select
    response_id,
    coalesce(respondent_id, {{ email_record_id("normalised_email") }}) as person_record_id,
    normalised_email,
    case
        when type_label like '%nps%' or type_label like '%net promoter%'
        then 'nps'
        when type_label like '%csat%' or type_label like '%satisfaction%'
        then 'csat'
        else type_label
    end as feedback_type,
    score,
    reason,
    given_at
from labelled
