with
    calls as ({{ current_rows("hubspot", "calls") }}),

    emails as ({{ current_rows("hubspot", "emails") }}),

    meetings as ({{ current_rows("hubspot", "meetings") }}),

    owner_names as (select * from {{ ref("stg_hubspot__owner_names") }}),

    -- Ids are unique within a kind of activity only.
    activities as (
        select
            'call:' || record_id as activity_id,
            'Call' as activity_label,
            coalesce(upper(call_direction) = 'INBOUND', false) as is_inbound,
            activity_date as happened_at,
            assigned_to,
            associated_contact_ids,
            associated_deal_ids
        from calls
        union all
        select
            'email:' || record_id as activity_id,
            'Email' as activity_label,
            coalesce(upper(email_direction) = 'INCOMING_EMAIL', false) as is_inbound,
            activity_date as happened_at,
            assigned_to,
            associated_contact_ids,
            associated_deal_ids
        from emails
        union all
        select
            'meeting:' || record_id as activity_id,
            case
                when upper(replace(meeting_outcome, ' ', '_')) in ('NO_SHOW', 'CANCELED', 'RESCHEDULED')
                then 'Meeting that did not happen'
                else 'Meeting'
            end as activity_label,
            false as is_inbound,
            start_time as happened_at,
            assigned_to,
            associated_contact_ids,
            associated_deal_ids
        from meetings
    ),

    participants as (
        select *, {{ unnest_list("associated_contact_ids", ";") }} as person_record_id from activities
    )

select
    participants.activity_id || ':' || trim(participants.person_record_id) as activity_record_id,
    nullif(trim(participants.person_record_id), '') as person_record_id,
    {{ first_listed("participants.associated_deal_ids") }} as opportunity_record_id,
    coalesce(owner_names.owner_record_id, participants.assigned_to) as owner_record_id,
    participants.activity_label,
    participants.is_inbound,
    {{ local_to_utc("participants.happened_at", export_zone("hubspot")) }} as happened_at,
    cast(null as timestamp) as logged_at,
    cast(null as timestamp) as due_at,
    cast(null as varchar) as outcome_label,
    cast(null as double) as duration_minutes
from participants
left join owner_names on participants.assigned_to = owner_names.owner_name
