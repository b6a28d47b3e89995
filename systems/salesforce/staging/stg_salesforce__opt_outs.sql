-- Who may not be written to. Since when, the history of leads shows if the field is tracked; else it was so
-- by the last change of the record.
with
    leads as ({{ salesforce_records("leads") }}),

    contacts as ({{ salesforce_records("contacts") }}),

    person_accounts as (select * from {{ ref("stg_salesforce__person_accounts") }}),

    history as ({{ salesforce_entries("lead_history") }}),

    changed as (
        select
            {{ salesforce_id("lead_id") }} as person_record_id,
            max({{ salesforce_utc("created_date", "history") }}) as changed_at
        from history
        where lower(field) = 'hasoptedoutofemail' and lower(new_value) in ('true', '1')
        group by 1
    ),

    persons as (
        {%- for table in ["leads", "contacts"] %}
            select
                record_id as person_record_id,
                coalesce(
                    {{ salesforce_utc("last_modified_date", table) }},
                    {{ salesforce_utc("created_date", table) }}
                ) as known_at
            from {{ table }}
            where is_opted_out
            union all
        {%- endfor %}
        select person_record_id, coalesce(last_modified_at, created_at) as known_at
        from person_accounts
        where is_opted_out and not has_contact
    )

select
    'opt-out:' || persons.person_record_id as activity_record_id,
    persons.person_record_id,
    'Unsubscribed' as activity_label,
    coalesce(changed.changed_at, persons.known_at) as happened_at
from persons
left join changed on persons.person_record_id = changed.person_record_id
