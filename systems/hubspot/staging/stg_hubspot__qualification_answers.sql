with
    contact_history as ({{ current_rows("hubspot", "contact_property_history") }}),

    deal_history as ({{ current_rows("hubspot", "deal_property_history") }}),

    changes as (
        select
            'person' as record_kind,
            record_id,
            {{ qualification_question("property_name") }} as question,
            {{ answer_text("property_value") }} as answer_label,
            {{ export_utc("changed_at", "hubspot", "contact_history") }} as entered_at
        from contact_history
        union all
        select
            'opportunity',
            record_id,
            {{ qualification_question("property_name") }},
            {{ answer_text("property_value") }},
            {{ export_utc("changed_at", "hubspot", "deal_history") }}
        from deal_history
    ),

    stated as (select *, cast(null as timestamp) as entered_after_at from changes where question is not null),

    shown as (
        {{ answers_by_load("hubspot", "contacts", "person", "record_id", "create_date") }}
        union all
        {{ answers_by_load("hubspot", "deals", "opportunity", "record_id", "create_date") }}
    ),

    answers as ({{ qualification_answers() }})

select *
from answers
