-- The object's own rows, and of reports those that the object's export does not have.
with
    opportunities as ({{ salesforce_records("opportunities") }}),

    report_rows as (select * from {{ ref("stg_salesforce__reported_deals") }}),

    reported as (
        select *
        from report_rows
        where not exists (select 1 from opportunities where report_rows.record_id = opportunities.record_id)
        qualify row_number() over (partition by record_id order by _load_number desc, _line desc) = 1
    ),

    owner_names as (select * from {{ ref("stg_salesforce__owner_names") }}),

    account_names as (select * from {{ ref("stg_salesforce__account_names") }}),

    person_accounts as (select * from {{ ref("stg_salesforce__person_accounts") }}),

    record_types as ({{ salesforce_records("record_types") }}),

    records as (
        select
            record_id,
            account_id,
            contact_id,
            {{ salesforce_id("owner_id") }} as owner_record_id,
            business_unit,
            record_type_id,
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
            {{ salesforce_deleted_at("opportunities", can_merge=false) }} as deleted_at,
            false as is_repeated,
            false as is_followed,
            false as is_followed_on_its_date
        from opportunities
        union all
        select
            reported.record_id,
            coalesce(reported.account_id, account_names.account_record_id) as account_id,
            cast(null as string) as contact_id,
            coalesce(owner_names.owner_record_id, reported.owner_name) as owner_record_id,
            reported.business_unit,
            reported.record_type_id,
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
            cast(null as timestamp) as deleted_at,
            reported.is_repeated,
            reported.is_followed,
            reported.is_followed_on_its_date
        from reported
        left join owner_names on reported.owner_name = owner_names.owner_name
        left join account_names on lower({{ trimmed("reported.account_name") }}) = account_names.account_name
    ),

    named as (
        select records.*, {{ salesforce_record_type("records") }} as pipeline_label
        from records
        left join record_types on {{ salesforce_id("records.record_type_id") }} = record_types.record_id
    ),

    worded as (
        select
            record_id,
            stage_name as stage_label,
            pipeline_label as pipeline,
            type as deal_type,
            is_closed as is_flagged_closed,
            is_won as is_flagged_won,
            {{ local_date("created_at") }} as created_date
        from named
    ),

    meanings as ({{ deal_meanings("salesforce") }})

select
    named.record_id as opportunity_record_id,
    case
        when person_accounts.account_record_id is null then {{ salesforce_id("named.account_id") }}
    end as account_record_id,
    coalesce({{ salesforce_id("named.contact_id") }}, person_accounts.person_record_id) as contact_record_id,
    named.owner_record_id,
    coalesce(named.business_unit, named.pipeline_label, named.type) as stream_label,
    named.pipeline_label,
    named.stage_name,
    named.type as deal_type,
    meanings.is_new_business,
    named.amount,
    named.currency_iso_code,
    named.lost_reason,
    meanings.status <> 'open' as is_closed,
    meanings.status = 'won' as is_won,
    meanings.flagged_status,
    named.created_at,
    named.last_stage_change_at,
    named.last_modified_at,
    {{ instant_of_date("named.close_date", "named.created_at") }} as close_date_at,
    named.deleted_at,
    -- What is followed may also be another deal: the one that ended on another date is.
    case
        when named.is_repeated
        then 'another row of the same deal'
        when named.is_followed_on_its_date or (named.is_followed and meanings.status = 'open')
        then 'perhaps renamed in a later report'
    end as exclusion_reason
from named
inner join meanings on named.record_id = meanings.record_id
left join person_accounts on {{ salesforce_id("named.account_id") }} = person_accounts.account_record_id
