-- A recipient who unsubscribes does so towards the company, not towards a rep. So may one of whom an event is
-- written that no list explains.
with
    events as (
        select event_id as activity_record_id, person_record_id, activity_label, happened_at
        from {{ ref("stg_mailing__events") }}
        where activity_label is not null and person_record_id is not null
    )

    {{ recipient_activities("events") }}
