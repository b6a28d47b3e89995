{%- set active_first -%}
    coalesce(is_active_version, true) desc, version_started_at desc nulls last, _line desc
{%- endset -%}
with
    lead_history as ({{ salesforce_entries("lead_history") }}),

    field_history as ({{ salesforce_entries("opportunity_field_history") }}),

    roles as ({{ salesforce_records("opportunity_contact_roles") }}),

    changes as (
        select
            'person' as record_kind,
            {{ salesforce_id("lead_id") }} as record_id,
            {{ qualification_question("field") }} as question,
            {{ answer_text("old_value") }} as label_before,
            {{ answer_text("new_value") }} as answer_label,
            {{ salesforce_utc("created_date", "lead_history") }} as changed_at
        from lead_history
        union all
        select
            'opportunity',
            {{ salesforce_id("opportunity_id") }},
            {{ qualification_question("field") }},
            {{ answer_text("old_value") }},
            {{ answer_text("new_value") }},
            {{ salesforce_utc("created_date", "field_history") }}
        from field_history
    ),

    records_made as (
        select 'person' as record_kind, person_record_id as record_id, created_at
        from {{ ref("stg_salesforce__persons") }}
        union all
        select 'opportunity', opportunity_record_id, created_at
        from {{ ref("stg_salesforce__opportunity_records") }}
    ),

    first_changes as (
        select *
        from changes
        where question is not null
        qualify
            row_number() over (
                partition by record_kind, record_id, question order by changed_at, answer_label nulls last
            )
            = 1
    ),

    stated as (
        select
            record_kind,
            record_id,
            question,
            answer_label,
            changed_at as entered_at,
            cast(null as timestamp) as entered_after_at
        from changes
        where question is not null
        union all
        -- What the first change replaced had been entered since the record was made; nobody knows when.
        select
            first_changes.record_kind,
            first_changes.record_id,
            first_changes.question,
            first_changes.label_before,
            first_changes.changed_at,
            records_made.created_at
        from first_changes
        inner join
            records_made
            on first_changes.record_kind = records_made.record_kind
            and first_changes.record_id = records_made.record_id
        where first_changes.label_before is not null
    ),

    shown as (
        {{
            answers_by_load(
                "salesforce",
                "leads",
                "person",
                salesforce_person_id("leads"),
                "created_date",
                active_first,
            )
        }}
        union all
        {{
            answers_by_load(
                "salesforce",
                "opportunities",
                "opportunity",
                salesforce_id("id"),
                "created_date",
                active_first,
            )
        }}
    ),

    answers as ({{ qualification_answers() }})

select *
from answers
union all
-- Each contact of an opportunity has a part of its own.
select
    'role:' || record_id as answer_record_id,
    {{ salesforce_id("contact_id") }} as person_record_id,
    {{ salesforce_id("opportunity_id") }} as opportunity_record_id,
    'authority' as question,
    {{ answer_text("role") }} as answer_label,
    {{ salesforce_utc("created_date", "roles") }} as entered_at,
    cast(null as timestamp) as entered_after_at
from roles
where
    not coalesce(is_deleted, false)
    and coalesce(is_active_version, true)
    and {{ answer_text("role") }} is not null
