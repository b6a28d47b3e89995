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

    -- What two exports show differently was changed between them.
    exported as (
        {{
            changes_by_load(
                "salesforce",
                "leads",
                salesforce_person_id("leads"),
                "status",
                condition="version_started_at is null",
            )
        }}
    ),

    moved as (
        select
            {{ salesforce_person_id("leads") }} as lead_record_id,
            status,
            value_before,
            changed_at,
            changed_after_at,
            {{ start_of_date(local_date("changed_after_at")) }} as changed_after_day
        from exported
        where {{ folded_word("status") }} <> {{ folded_word("coalesce(value_before, '')") }}
    ),

    first_moved as (
        select * from moved qualify row_number() over (partition by lead_record_id order by changed_at) = 1
    ),

    first_changes as (
        select *
        from changes
        qualify row_number() over (partition by lead_record_id order by changed_at, change_id) = 1
    ),

    -- Salesforce forgets history after 18 to 24 months, need not track the status, and a file may be of a
    -- quarter: of a lead that it does not cover, nobody knows what was before the first change.
    remembered as (
        select
            min({{ salesforce_utc("created_date", "history") }}) as remembered_from,
            max({{ salesforce_utc("created_date", "history") }}) as remembered_until
        from history
        having max(case when lower(field) = 'status' then 1 else 0 end) = 1
    ),

    known as (
        select
            leads.record_id,
            leads.status,
            persons.created_at,
            {{ salesforce_utc("last_modified_date", "leads") }} as last_modified_at,
            conversions.converted_at,
            first_changes.lead_record_id is not null as has_changes,
            first_moved.lead_record_id is not null as has_moved,
            case
                when first_changes.lead_record_id is not null
                then first_changes.old_value
                else coalesce(first_moved.value_before, leads.status)
            end as first_status,
            -- The newest leads of an export are younger than its last change; they are not days younger.
            coalesce(
                persons.created_at >= remembered.remembered_from
                and {{ days_apart("remembered.remembered_until", "persons.created_at") }} <= 3,
                false
            ) as is_remembered,
            remembered.remembered_until
        from leads
        inner join persons on leads.record_id = persons.person_record_id
        left join conversions on leads.record_id = conversions.lead_record_id
        left join first_changes on leads.record_id = first_changes.lead_record_id
        left join first_moved on leads.record_id = first_moved.lead_record_id
        left join remembered on true
    )

-- It came in with the status that its first change found, or that nothing has changed since, if the history
-- covers the lead; else with one that is not known.
select
    record_id || ':created' as lead_stage_id,
    record_id as lead_record_id,
    coalesce(case when is_remembered then first_status end, 'Lead created') as stage_label,
    created_at as changed_at,
    cast(null as timestamp) as changed_after_at
from known
union all
-- The time of entry into a status without history is unknown, unless it was entered by the
-- conversion or nobody has touched the lead since its creation.
select
    record_id || ':status' as lead_stage_id,
    record_id as lead_record_id,
    status as stage_label,
    coalesce(converted_at, case when last_modified_at <= created_at then created_at end) as changed_at,
    null as changed_after_at
from known
where status is not null and not has_changes and not is_remembered and not has_moved
union all
-- A status that came with the conversion has its time.
select
    moved.lead_record_id || ':' || cast(moved.changed_at as string) as lead_stage_id,
    moved.lead_record_id,
    moved.status as stage_label,
    case
        when moved.status = known.status and moved.changed_after_day <= known.converted_at
        then known.converted_at
        else moved.changed_at
    end as changed_at,
    case
        when moved.status = known.status and moved.changed_after_day <= known.converted_at
        then null
        else moved.changed_after_at
    end as changed_after_at
from moved
inner join known on moved.lead_record_id = known.record_id
where
    -- A history that was exported before it lacks the change.
    (not known.has_changes or moved.changed_after_at >= known.remembered_until) and moved.status is not null
union all
select
    change_id as lead_stage_id, lead_record_id, new_value as stage_label, changed_at, null as changed_after_at
from changes
where new_value is not null
union all
select
    record_id || ':converted' as lead_stage_id,
    record_id as lead_record_id,
    'Lead converted' as stage_label,
    converted_at as changed_at,
    null as changed_after_at
from known
where converted_at is not null
