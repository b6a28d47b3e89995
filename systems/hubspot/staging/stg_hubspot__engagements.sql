with
    calls as ({{ current_rows("hubspot", "calls") }}),

    emails as ({{ current_rows("hubspot", "emails") }}),

    meetings as ({{ current_rows("hubspot", "meetings") }}),

    notes as ({{ current_rows("hubspot", "notes") }}),

    tasks as ({{ current_rows("hubspot", "tasks") }}),

    engagements as (
        select
            'call' as kind,
            record_id,
            'Call' as activity_label,
            coalesce(
                {{ hubspot_label("call_direction", "call_direction") }} = 'Inbound', false
            ) as is_inbound,
            {{ export_utc("activity_date", "hubspot", "calls") }} as happened_at,
            {{ export_utc("create_date", "hubspot", "calls") }} as logged_at,
            cast(null as timestamp) as due_at,
            -- A line that was cancelled or failed reached nobody, whatever was noted down.
            case
                when
                    {{ hubspot_label("call_status", "call_status") }} in (
                        'Canceled',
                        'Failed',
                        'Queued',
                        'Ringing',
                        'Connecting',
                        'Calling CRM user',
                        'In progress'
                    )
                then {{ hubspot_label("call_status", "call_status") }}
                else
                    coalesce(
                        {{ hubspot_label("call_outcome", "call_outcome") }},
                        case
                            when
                                {{ hubspot_label("call_status", "call_status") }}
                                in ('Busy', 'No answer', 'Missed')
                            then {{ hubspot_label("call_status", "call_status") }}
                        end
                    )
            end as outcome_label,
            {{ hubspot_minutes("call_duration") }} as duration_minutes,
            cast(null as string) as event_key,
            false as is_automatic,
            assigned_to,
            associated_contact_ids,
            associated_deal_ids,
            is_deleted
        from calls
        union all
        select
            'email' as kind,
            record_id,
            'Email' as activity_label,
            -- What was forwarded into the CRM is a message that the contact wrote.
            coalesce(
                {{ hubspot_label("email_direction", "email_direction") }}
                in ('Incoming email', 'Forwarded email'),
                false
            ) as is_inbound,
            {{ export_utc("activity_date", "hubspot", "emails") }} as happened_at,
            {{ export_utc("create_date", "hubspot", "emails") }} as logged_at,
            null as due_at,
            case
                when {{ hubspot_label("email_direction", "email_direction") }} = 'Draft email'
                then 'Draft'
                else {{ hubspot_label("email_status", "email_status") }}
            end as outcome_label,
            null as duration_minutes,
            null as event_key,
            nullif({{ trimmed("sequence_id") }}, '') is not null as is_automatic,
            assigned_to,
            associated_contact_ids,
            associated_deal_ids,
            is_deleted
        from emails
        union all
        select
            'meeting' as kind,
            record_id,
            case
                when
                    {{ hubspot_label("meeting_outcome", "meeting_outcome") }}
                    in ('No Show', 'Canceled', 'Rescheduled')
                then 'Meeting that did not happen'
                else 'Meeting'
            end as activity_label,
            false as is_inbound,
            {{ export_utc("start_time", "hubspot", "meetings") }} as happened_at,
            {{ export_utc("create_date", "hubspot", "meetings") }} as logged_at,
            null as due_at,
            {{ hubspot_label("meeting_outcome", "meeting_outcome") }} as outcome_label,
            {{ minutes_between("start_time", "end_time") }} as duration_minutes,
            nullif({{ trimmed("calendar_uid") }}, '') as event_key,
            false as is_automatic,
            assigned_to,
            associated_contact_ids,
            associated_deal_ids,
            is_deleted
        from meetings
        union all
        select
            'note' as kind,
            record_id,
            'Note' as activity_label,
            false as is_inbound,
            {{ export_utc("activity_date", "hubspot", "notes") }} as happened_at,
            {{ export_utc("create_date", "hubspot", "notes") }} as logged_at,
            null as due_at,
            null as outcome_label,
            null as duration_minutes,
            null as event_key,
            false as is_automatic,
            assigned_to,
            associated_contact_ids,
            associated_deal_ids,
            is_deleted
        from notes
        union all
        -- A task counts when it is done. One that is not done has only been written down.
        select
            'task' as kind,
            record_id,
            case
                when completion_date is not null
                then 'Task'
                when {{ hubspot_label("task_status", "task_status") }} = 'Completed'
                then 'Task done at an unknown time'
                else 'Task open'
            end as activity_label,
            false as is_inbound,
            {{ export_utc("coalesce(completion_date, create_date, due_date)", "hubspot", "tasks") }}
            as happened_at,
            {{ export_utc("create_date", "hubspot", "tasks") }} as logged_at,
            {{ export_utc("due_date", "hubspot", "tasks") }} as due_at,
            {{ hubspot_label("task_status", "task_status") }} as outcome_label,
            null as duration_minutes,
            null as event_key,
            false as is_automatic,
            assigned_to,
            associated_contact_ids,
            associated_deal_ids,
            is_deleted
        from tasks
    )

select *
from engagements
