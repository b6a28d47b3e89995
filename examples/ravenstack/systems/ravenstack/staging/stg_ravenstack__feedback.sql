with
    churn_events as ({{ current_rows("ravenstack", "churn_events") }}),

    tickets as ({{ current_rows("ravenstack", "support_tickets") }})

select
    'churn:' || churn_event_id as feedback_record_id,
    account_id as person_record_id,
    account_id as account_record_id,
    'churn' as feedback_type,
    cast(null as double) as score,
    reason_code as reason_label,
    {{ export_utc("cast(churn_date as timestamp)", "ravenstack", "churn_events") }} as given_at
from churn_events
union all
select
    'ticket:' || ticket_id as feedback_record_id,
    account_id as person_record_id,
    account_id as account_record_id,
    'csat' as feedback_type,
    satisfaction_score as score,
    cast(null as string) as reason_label,
    {{ export_utc("closed_at", "ravenstack", "tickets") }} as given_at
from tickets
-- Who did not answer gave no feedback.
where satisfaction_score is not null
