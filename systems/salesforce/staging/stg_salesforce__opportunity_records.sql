-- The object's own rows, and of reports those that the object's export does not have.
with
    opportunities as ({{ salesforce_records("opportunities") }}),

    -- Without an id, account, name and creation are what a report knows a deal by; two of them in a file
    -- are two deals.
    report_rows as (
        select
            *,
            coalesce(
                {{ salesforce_id("id") }},
                'report:'
                || coalesce(account_name, '')
                || ':'
                || opportunity_name
                || ':'
                || coalesce(cast(created_date as string), '')
                || ':'
                || cast(
                    row_number() over (
                        partition by _load_id, id, account_name, opportunity_name, created_date order by _line
                    ) as string
                )
            ) as record_id
        from {{ source("salesforce", "opportunities_report") }}
    ),

    reported as (
        select *
        from report_rows
        where not exists (select 1 from opportunities where report_rows.record_id = opportunities.record_id)
        qualify row_number() over (partition by record_id order by _load_number desc, _line desc) = 1
    ),

    owner_names as (select * from {{ ref("stg_salesforce__owner_names") }}),

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
            reported.account_id,
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
    )

select
    record_id as opportunity_record_id,
    {{ salesforce_id("account_id") }} as account_record_id,
    {{ salesforce_id("contact_id") }} as contact_record_id,
    owner_record_id,
    coalesce(stream, type) as stream_label,
    stage_name,
    -- Of the default types, these sell to who is a customer already.
    not coalesce(lower(type) like 'existing%' or lower(type) like '%renewal%', false) as is_new_business,
    amount,
    currency_iso_code,
    lost_reason,
    -- Salesforce's own flags hold whatever the stages are called; a report has the default stages' names.
    coalesce(is_closed, stage_name in ('Closed Won', 'Closed Lost')) as is_closed,
    coalesce(is_won, stage_name = 'Closed Won') as is_won,
    created_at,
    last_stage_change_at,
    last_modified_at,
    {{ instant_of_date("close_date", "created_at") }} as close_date_at,
    deleted_at
from records
