-- The object's own rows, and of reports those that the object's export does not have.
with
    opportunities as ({{ salesforce_records("opportunities") }}),

    report_rows as ({{ salesforce_reported_deals() }}),

    reported as (
        select *
        from report_rows
        where not exists (select 1 from opportunities where report_rows.record_id = opportunities.record_id)
        qualify row_number() over (partition by record_id order by _load_number desc, _line desc) = 1
    ),

    owner_names as (select * from {{ ref("stg_salesforce__owner_names") }}),

    account_names as (select * from {{ ref("stg_salesforce__account_names") }}),

    records as (
        select
            record_id,
            account_id,
            contact_id,
            {{ salesforce_id("owner_id") }} as owner_record_id,
            {{ salesforce_stream("opportunities") }} as stream,
            stage_name,
            type,
            amount,
            currency_iso_code,
            lost_reason,
            close_date,
            is_closed,
            is_won,
            {{ salesforce_utc("created_date", "opportunities") }} as created_at,
            {{ salesforce_utc("last_stage_change_date", "opportunities") }} as last_stage_change_at,
            {{ salesforce_utc("last_modified_date", "opportunities") }} as last_modified_at,
            {{ salesforce_deleted_at("opportunities", can_merge=false) }} as deleted_at
        from opportunities
        union all
        select
            reported.record_id,
            coalesce(reported.account_id, account_names.account_record_id) as account_id,
            cast(null as string) as contact_id,
            coalesce(owner_names.owner_record_id, reported.owner_name) as owner_record_id,
            {{ salesforce_stream("reported") }} as stream,
            reported.stage_name,
            reported.type,
            reported.amount,
            reported.currency_iso_code,
            reported.lost_reason,
            reported.close_date,
            reported.is_closed,
            reported.is_won,
            {{ salesforce_utc("created_date", "reported") }} as created_at,
            cast(null as timestamp) as last_stage_change_at,
            cast(null as timestamp) as last_modified_at,
            cast(null as timestamp) as deleted_at
        from reported
        left join owner_names on reported.owner_name = owner_names.owner_name
        left join account_names on lower({{ trimmed("reported.account_name") }}) = account_names.account_name
    ),

    -- What a record type sells is its stream; as a pipeline it counts only where a list explains it.
    worded as (
        select
            record_id,
            stage_name as stage_label,
            stream as pipeline,
            type as deal_type,
            is_closed as is_flagged_closed,
            is_won as is_flagged_won,
            {{ local_date("created_at") }} as created_date
        from records
    ),

    meanings as ({{ deal_meanings("salesforce", is_pipeline_asked=false) }})

select
    records.record_id as opportunity_record_id,
    {{ salesforce_id("records.account_id") }} as account_record_id,
    {{ salesforce_id("records.contact_id") }} as contact_record_id,
    records.owner_record_id,
    coalesce(records.stream, records.type) as stream_label,
    records.stage_name,
    records.type as deal_type,
    meanings.is_new_business,
    records.amount,
    records.currency_iso_code,
    records.lost_reason,
    meanings.status <> 'open' as is_closed,
    meanings.status = 'won' as is_won,
    meanings.flagged_status,
    records.created_at,
    records.last_stage_change_at,
    records.last_modified_at,
    {{ instant_of_date("records.close_date", "records.created_at") }} as close_date_at,
    records.deleted_at
from records
inner join meanings on records.record_id = meanings.record_id
