with
    leads as ({{ salesforce_records("leads") }}),

    history as ({{ salesforce_entries("lead_history") }}),

    persons as (select * from {{ ref("stg_salesforce__persons") }}),

    conversions as (select * from {{ ref("stg_salesforce__conversions") }}),

    changes as (
        select
            record_id as change_id,
            {{ salesforce_id("lead_id") }} as lead_record_id,
            old_value,
            new_value,
            {{ salesforce_utc("created_date", "history") }} as changed_at
        from history
        where lower(field) = 'status'
    ),

    first_changes as (
        select *
        from changes
        qualify row_number() over (partition by lead_record_id order by changed_at, change_id) = 1
    ),

    -- Salesforce forgets history after 18 to 24 months: an older lead without one gives no information.
    remembered as (
        select min({{ salesforce_utc("created_date", "history") }}) as remembered_from from history
    ),

    known as (
        select
            leads.record_id,
            leads.status,
            persons.created_at,
            {{ salesforce_utc("last_modified_date", "leads") }} as last_modified_at,
            conversions.converted_at,
            first_changes.lead_record_id is not null as has_changes,
            first_changes.old_value as first_status,
            coalesce(persons.created_at >= remembered.remembered_from, false) as is_remembered
        from leads
        inner join persons on leads.record_id = persons.person_record_id
        left join conversions on leads.record_id = conversions.lead_record_id
        left join first_changes on leads.record_id = first_changes.lead_record_id
        cross join remembered
    ),

    entries as (
        -- It came in with the status that its first change found, or that nothing has changed since.
        select
            record_id || ':created' as lead_stage_id,
            record_id as lead_record_id,
            coalesce(
                first_status, case when is_remembered and not has_changes then status end, 'Lead created'
            ) as stage_label,
            created_at as changed_at
        from known
        union all
        -- The time of entry into a status without history is unknown, unless it was entered by the
        -- conversion or nobody has touched the lead since its creation.
        select
            record_id || ':status' as lead_stage_id,
            record_id as lead_record_id,
            status as stage_label,
            coalesce(converted_at, case when last_modified_at <= created_at then created_at end) as changed_at
        from known
        where status is not null and not has_changes and not is_remembered
        union all
        select change_id as lead_stage_id, lead_record_id, new_value as stage_label, changed_at
        from changes
        where new_value is not null
        union all
        select
            record_id || ':converted' as lead_stage_id,
            record_id as lead_record_id,
            'Lead converted' as stage_label,
            converted_at as changed_at
        from known
        where converted_at is not null
    )

select *
from entries
