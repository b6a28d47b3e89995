-- A converted lead is here as a lead and as its contact, tied in stg_salesforce__record_links; a person
-- account is its contact alone.
with
    leads as ({{ salesforce_records("leads") }}),

    contacts as ({{ salesforce_records("contacts") }}),

    owner_names as (select * from {{ ref("stg_salesforce__owner_names") }}),

    account_names as (select * from {{ ref("stg_salesforce__account_names") }}),

    record_types as ({{ salesforce_records("record_types") }}),

    person_accounts as (select * from {{ ref("stg_salesforce__person_accounts") }}),

    unidentified as (select * from {{ ref("stg_salesforce__unidentified") }}),

    -- Where a version lacks the date of creation: another load's, else that of the first version.
    first_known as (
        {%- for table in ["leads", "contacts", "accounts"] %}
            select
                {{ salesforce_id("id") if table == "accounts" else salesforce_person_id(table) }}
                as record_id,
                coalesce(
                    min({{ salesforce_utc("created_date", table) }}),
                    min({{ salesforce_utc("version_started_at", table) }})
                ) as created_at
            from {{ source("salesforce", table) }} as {{ table }}
            group by 1 {{ "union all" if not loop.last }}
        {%- endfor %}
    ),

    persons as (
        select
            record_id,
            record_id as dated_record_id,
            email,
            first_name,
            last_name,
            full_name,
            job_title,
            master_record_id,
            converted_account_id as account_id,
            cast(null as string) as account_name,
            owner_id,
            owner_name,
            lead_source,
            campaign,
            business_unit,
            record_type_id,
            country,
            {{ salesforce_deleted_at("leads") }} as deleted_at
        from leads
        union all
        select
            record_id,
            record_id as dated_record_id,
            email,
            first_name,
            last_name,
            full_name,
            job_title,
            master_record_id,
            account_id,
            account_name,
            owner_id,
            owner_name,
            lead_source,
            cast(null as string) as campaign,
            business_unit,
            cast(null as string) as record_type_id,
            mailing_country as country,
            {{ salesforce_deleted_at("contacts") }} as deleted_at
        from contacts
        union all
        select
            person_record_id as record_id,
            account_record_id as dated_record_id,
            email,
            first_name,
            last_name,
            account_name as full_name,
            job_title,
            master_record_id,
            cast(null as string) as account_id,
            cast(null as string) as account_name,
            owner_id,
            owner_name,
            lead_source,
            cast(null as string) as campaign,
            cast(null as string) as business_unit,
            cast(null as string) as record_type_id,
            country,
            deleted_at
        from person_accounts
        where not has_contact
    )

select
    persons.record_id as person_record_id,
    persons.email,
    coalesce(
        nullif({{ trimmed("concat_ws(' ', persons.first_name, persons.last_name)") }}, ''),
        nullif({{ trimmed("persons.full_name") }}, '')
    ) as full_name,
    -- Of a record that was merged away the user kept selected values, in the other.
    case when {{ salesforce_id("persons.master_record_id") }} is null then persons.job_title end as job_title,
    case
        when person_accounts.account_record_id is null
        then coalesce({{ salesforce_id("persons.account_id") }}, account_names.account_record_id)
    end as account_record_id,
    -- A report names the owner; a name that no user has (or two have) stays as it is.
    coalesce(
        {{ salesforce_id("persons.owner_id") }}, owner_names.owner_record_id, persons.owner_name
    ) as owner_record_id,
    first_known.created_at,
    persons.lead_source as source_label,
    cast(null as string) as source_detail,
    persons.campaign as campaign_label,
    coalesce(persons.business_unit, {{ salesforce_record_type("persons") }}) as stream_label,
    persons.country,
    persons.deleted_at,
    cast(null as string) as exclusion_reason
from persons
inner join first_known on persons.dated_record_id = first_known.record_id
left join owner_names on persons.owner_name = owner_names.owner_name
left join record_types on {{ salesforce_id("persons.record_type_id") }} = record_types.record_id
left join account_names on lower({{ trimmed("persons.account_name") }}) = account_names.account_name
left join
    person_accounts
    on coalesce({{ salesforce_id("persons.account_id") }}, account_names.account_record_id)
    = person_accounts.account_record_id
union all
select
    person_record_id,
    cast(null as string) as email,
    cast(null as string) as full_name,
    cast(null as string) as job_title,
    cast(null as string) as account_record_id,
    cast(null as string) as owner_record_id,
    cast(null as timestamp) as created_at,
    cast(null as string) as source_label,
    cast(null as string) as source_detail,
    cast(null as string) as campaign_label,
    cast(null as string) as stream_label,
    cast(null as string) as country,
    cast(null as timestamp) as deleted_at,
    exclusion_reason
from unidentified
