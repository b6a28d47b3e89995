with
    responses as ({{ current_rows("surveys", "responses") }}),

    labelled as (
        select
            *,
            {{ survey_type("survey_type", "_file") }} as feedback_type,
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
    feedback_type,
    score,
    reason,
    given_at
from labelled
