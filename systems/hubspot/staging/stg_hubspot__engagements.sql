with
    records as (select * from {{ ref("stg_hubspot__activity_records") }}),

    -- Each word once, in one spelling.
    worded as (
        select
            *,
            {{ hubspot_label("call_direction", "call_direction") }} as direction_of_call,
            {{ hubspot_label("call_status", "call_status") }} as status_of_call,
            {{ hubspot_label("call_outcome", "call_outcome") }} as outcome_of_call,
            {{ hubspot_label("email_direction", "email_direction") }} as direction_of_email,
            {{ hubspot_label("email_status", "email_status") }} as status_of_email,
            {{ hubspot_label("meeting_outcome", "meeting_outcome") }} as outcome_of_meeting,
            {{ hubspot_label("task_status", "task_status") }} as status_of_task,
            coalesce({{ is_automatic_reply("subject") }}, false) as is_reply_of_machine
        from records
    ),

    directed as (
        select
            *,
            -- What was forwarded into the CRM is a message that the contact wrote.
            coalesce(direction_of_email in ('Incoming email', 'Forwarded email'), false) as is_of_lead,
            coalesce(
                direction_of_email = 'Outgoing email', nullif({{ trimmed("sequence_id") }}, '') is not null
            ) as is_ours
        from worded
    ),

    -- A task counts when it is done; one that is not done has only been written down. In an export
    -- of all kinds its date is the one on which it is due.
    engagements as (
        select
            kind,
            record_id,
            case
                when kind = 'meeting' and outcome_of_meeting in ('No Show', 'Canceled', 'Rescheduled')
                then 'Meeting that did not happen'
                when kind = 'task' and completion_date is not null
                then 'Task'
                when kind = 'task' and status_of_task = 'Completed'
                then 'Task done at an unknown time'
                when kind = 'task'
                then 'Task open'
                when kind in ('call', 'email', 'meeting', 'note')
                then upper(left(kind, 1)) || substr(kind, 2)
                else activity_type
            end as activity_label,
            case
                kind
                when 'call'
                then coalesce(direction_of_call = 'Inbound', false)
                else kind = 'email' and is_of_lead
            end as is_inbound,
            case
                kind
                when 'meeting'
                then {{ export_utc("coalesce(start_time, activity_date)", "hubspot", "directed") }}
                when 'task'
                then
                    {{
                        export_utc(
                            "coalesce(completion_date, create_date, due_date, activity_date)",
                            "hubspot",
                            "directed",
                        )
                    }}
                else {{ export_utc("activity_date", "hubspot", "directed") }}
            end as happened_at,
            {{ export_utc("create_date", "hubspot", "directed") }} as logged_at,
            case
                when kind = 'task'
                then {{ export_utc("coalesce(due_date, activity_date)", "hubspot", "directed") }}
            end as due_at,
            -- A line that was cancelled or failed reached nobody, whatever was noted down.
            case
                when
                    kind = 'call'
                    and status_of_call in (
                        'Canceled',
                        'Failed',
                        'Queued',
                        'Ringing',
                        'Connecting',
                        'Calling CRM user',
                        'In progress'
                    )
                then status_of_call
                -- What only the caller notes shows who called; the rest may have been the lead.
                when
                    kind = 'call'
                    and coalesce(direction_of_call, '') not in ('Inbound', 'Outbound')
                    and coalesce(outcome_of_call, status_of_call, '')
                    not in ('No answer', 'Busy', 'Left voicemail', 'Left live message', 'Wrong number')
                then 'Unknown direction'
                when kind = 'call'
                then
                    coalesce(
                        outcome_of_call,
                        case when status_of_call in ('Busy', 'No answer', 'Missed') then status_of_call end
                    )
                when direction_of_email = 'Draft email'
                then 'Draft'
                when kind = 'email' and is_reply_of_machine and not is_ours
                then 'Automatic reply'
                when kind = 'email' and not is_ours and not is_of_lead
                then
                    coalesce(
                        case when status_of_email <> 'Sent' then status_of_email end, 'Unknown direction'
                    )
                when kind = 'email'
                then status_of_email
                when kind = 'meeting'
                then outcome_of_meeting
                when kind = 'task'
                then status_of_task
            end as outcome_label,
            case
                kind
                when 'call'
                then {{ hubspot_minutes("call_duration") }}
                when 'meeting'
                then {{ minutes_between("start_time", "end_time") }}
            end as duration_minutes,
            nullif({{ trimmed("calendar_uid") }}, '') as event_key,
            nullif({{ trimmed("sequence_id") }}, '') is not null as is_automatic,
            assigned_to,
            associated_contact_ids,
            associated_contact,
            associated_deal_ids,
            is_deleted
        from directed
    )

select *
from engagements
