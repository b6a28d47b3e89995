with
    tasks as ({{ salesforce_records("tasks") }}),

    emails as ({{ salesforce_entries("email_messages") }}),

    task_emails as (
        select
            {{ salesforce_id("activity_id") }} as task_id,
            bool_or(is_incoming) as is_incoming,
            bool_or(is_bounced) as is_bounced,
            bool_or(status = '5') as is_draft,
            min({{ salesforce_utc("message_date", "emails") }}) as sent_at
        from emails
        where activity_id is not null
        group by 1
    ),

    -- A mail to many is called so by Salesforce in its subject alone. A task without a kind of its own is
    -- called
    -- by its type, else by its subject.
    typed_tasks as (
        select
            *,
            case
                when {{ is_to_many("subject") }}
                then 'ListEmail'
                when task_subtype in ('Call', 'Email', 'ListEmail')
                then task_subtype
                when type is not null
                then type
                when lower(subject) like 'call%'
                then 'Call'
                when lower(subject) like 'email:%' or lower(subject) = 'email'
                then 'Email'
                else coalesce(task_subtype, 'Task')
            end as kind,
            coalesce(is_deleted, false) or not coalesce(is_active_version, true) as is_gone,
            -- A call that is logged and an e-mail that is sent are made done; what was
            -- planned is closed later.
            task_subtype in ('Call', 'Email', 'ListEmail')
            or call_type is not null
            or call_duration_in_seconds is not null
            or email_message_id is not null as is_logged,
            -- Without the flag, a task is done by its status.
            coalesce(
                is_closed, {{ system_word("salesforce", "task_status", "status") }} = 'Completed'
            ) as is_done
        from tasks
    )

select
    typed_tasks.record_id,
    typed_tasks.who_id,
    typed_tasks.what_id,
    typed_tasks.owner_id,
    case
        when typed_tasks.is_gone
        then 'Task deleted'
        when typed_tasks.is_recurrence
        then 'Task series'
        when not typed_tasks.is_done
        then 'Task open'
        else typed_tasks.kind
    end as activity_label,
    coalesce(task_emails.is_incoming, lower(typed_tasks.call_type) = 'inbound', false) as is_inbound,
    -- Without a time of completion: when it was logged, or by when it was closed. The due date is neither.
    case
        when not typed_tasks.is_done
        then {{ salesforce_utc("created_date", "typed_tasks") }}
        else
            coalesce(
                task_emails.sent_at,
                {{ salesforce_utc("completed_at", "typed_tasks") }},
                case
                    when not coalesce(typed_tasks.is_logged, false)
                    then {{ salesforce_utc("last_modified_date", "typed_tasks") }}
                end,
                {{ salesforce_utc("created_date", "typed_tasks") }}
            )
    end as happened_at,
    {{ salesforce_utc("created_date", "typed_tasks") }} as logged_at,
    -- It is due until its day is over.
    {{ start_of_date(next_day("typed_tasks.activity_date")) }} as due_at,
    case
        when task_emails.is_bounced
        then 'Bounced'
        when task_emails.is_draft
        then 'Draft'
        else coalesce(typed_tasks.call_disposition, typed_tasks.status)
    end as outcome_label,
    typed_tasks.call_duration_in_seconds / 60 as duration_minutes,
    cast(null as string) as event_key,
    -- A list e-mail goes to many at once.
    coalesce(typed_tasks.kind = 'ListEmail', false) as is_automatic
from typed_tasks
left join task_emails on typed_tasks.record_id = task_emails.task_id
