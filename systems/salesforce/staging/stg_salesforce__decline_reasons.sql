with
    leads as ({{ salesforce_records("leads") }}),

    history as ({{ salesforce_entries("lead_history") }}),

    lead_stages as (select * from {{ ref("stg_salesforce__lead_stages") }}),

    entries as (
        select lead_record_id as person_record_id, stage_label, changed_at as entered_at from lead_stages
    ),

    stated as (
        select
            {{ salesforce_id("lead_id") }} as person_record_id,
            new_value as reason_label,
            {{ salesforce_utc("created_date", "history") }} as stated_at
        from history
        where {{ is_decline_reason("field") }}
    ),

    records as (select record_id as person_record_id, decline_reason as reason_label from leads),

    reasons as ({{ decline_reasons("salesforce") }})

select *
from reasons
where reason_label is not null
