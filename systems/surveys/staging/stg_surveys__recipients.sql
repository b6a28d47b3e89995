with
    sent as ({{ current_rows("surveys", "sent") }}),

    labelled as (
        select
            *,
            {{ survey_type("survey_type", "_file") }} as feedback_type,
            nullif(lower({{ trimmed("email") }}), '') as normalised_email,
            coalesce(
                {{ utc_or_day("sent_at_utc") }}, {{ export_utc("sent_at", "surveys", "sent") }}
            ) as utc_sent_at,
            {{ folded_word("delivery_status") }} as delivery_word
        from sent
    ),

    recipients as (
        select *, coalesce(respondent_id, {{ email_record_id("normalised_email") }}) as person_record_id
        from labelled
    ),

    identified as (
        select
            *,
            coalesce(
                invitation_id,
                concat_ws(
                    ':',
                    coalesce(person_record_id, response_id, _file || ':' || cast(_line as string)),
                    feedback_type,
                    cast(utc_sent_at as string)
                )
            ) as invitation_record_id
        from recipients
    )

select
    invitation_record_id,
    person_record_id,
    normalised_email,
    feedback_type,
    response_id as feedback_record_id,
    utc_sent_at as sent_at,
    -- A word that nobody knows here counts as sent: it makes no share of answers better.
    case
        when
            delivery_word like '%bounce%'
            or delivery_word like '%fail%'
            or delivery_word in (
                'notsent',
                'unsent',
                'scheduled',
                'pending',
                'skipped',
                'blocked',
                'optedout',
                'duplicate',
                'rejected'
            )
        then 'survey not delivered'
    end as exclusion_reason
from identified
-- Of several exports, the newest has the state of today.
qualify row_number() over (partition by invitation_record_id order by _load_number desc, _line desc) = 1
