-- Nothing is excluded here: what is not a contact has its own label, and activity_labels reads it as a
-- note or task.
with
    tasks as (select * from {{ ref("stg_salesforce__tasks") }}),

    events as ({{ salesforce_records("events") }}),

    emails as ({{ salesforce_entries("email_messages") }}),

    reported as (select * from {{ ref("stg_salesforce__reported_activities") }}),

    person_accounts as (select * from {{ ref("stg_salesforce__person_accounts") }}),

    opt_outs as (select * from {{ ref("stg_salesforce__opt_outs") }}),

    relations as ({{ current_rows("salesforce", "activity_relations") }}),

    activities as (
        select *
        from tasks
        union all
        select
            record_id,
            who_id,
            what_id,
            owner_id,
            -- Every invited user has a row of the same meeting.
            case
                when coalesce(is_deleted, false) or not coalesce(is_active_version, true)
                then 'Meeting deleted'
                when is_child
                then 'Meeting (child row)'
                when is_recurrence
                then 'Meeting series'
                else coalesce(type, 'Meeting')
            end as activity_label,
            false as is_inbound,
            case
                when is_all_day_event or starts_at is null
                then {{ start_of_date("activity_date") }}
                else {{ salesforce_utc("starts_at", "events") }}
            end as happened_at,
            {{ salesforce_utc("created_date", "events") }} as logged_at,
            cast(null as timestamp) as due_at,
            cast(null as string) as outcome_label,
            duration_in_minutes as duration_minutes,
            nullif({{ trimmed("calendar_uid") }}, '') as event_key,
            false as is_automatic
        from events
        union all
        -- A message whose task is archived, or not in the export.
        select
            record_id,
            cast(null as string) as who_id,
            related_to_id as what_id,
            cast(null as string) as owner_id,
            'Email' as activity_label,
            coalesce(is_incoming, false) as is_inbound,
            coalesce(
                {{ salesforce_utc("message_date", "emails") }}, {{ salesforce_utc("created_date", "emails") }}
            ) as happened_at,
            {{ salesforce_utc("created_date", "emails") }} as logged_at,
            cast(null as timestamp) as due_at,
            case
                when is_bounced then 'Bounced' when status = '5' then 'Draft' else 'Completed'
            end as outcome_label,
            cast(null as double) as duration_minutes,
            cast(null as string) as event_key,
            false as is_automatic
        from emails
        where
            not exists (select 1 from tasks where tasks.record_id = {{ salesforce_id("emails.activity_id") }})
    ),

    -- The first lead or contact is in the record, the others in tables of their own.
    participants as (
        select record_id, {{ salesforce_id("who_id") }} as person_record_id
        from activities
        where {{ salesforce_id("who_id") }} is not null
        union
        select
            {{ salesforce_id("activity_id") }} as record_id,
            {{ salesforce_id("relation_id") }} as person_record_id
        from relations
        where
            not coalesce(is_deleted, false) and left({{ salesforce_id("relation_id") }}, 3) in ('003', '00Q')
        union
        -- Related to a person account, and to nobody by name.
        select activities.record_id, person_accounts.person_record_id
        from activities
        inner join
            person_accounts on {{ salesforce_id("activities.what_id") }} = person_accounts.account_record_id
        where {{ salesforce_id("activities.who_id") }} is null
    )

select
    activities.record_id as activity_record_id,
    participants.person_record_id,
    case when what_id like '006%' then {{ salesforce_id("what_id") }} end as opportunity_record_id,
    {{ salesforce_id("owner_id") }} as owner_record_id,
    activity_label,
    is_inbound,
    happened_at,
    logged_at,
    due_at,
    outcome_label,
    duration_minutes,
    event_key,
    is_automatic
from activities
left join participants on activities.record_id = participants.record_id
union all
select *
from reported
where not exists (select 1 from activities where activities.record_id = reported.activity_record_id)
union all
{{ recipient_activities("opt_outs") }}
