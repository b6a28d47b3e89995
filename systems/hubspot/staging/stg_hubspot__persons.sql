with
    contacts as (select * from {{ ref("stg_hubspot__contacts") }}),

    owner_names as (select * from {{ ref("stg_hubspot__owner_names") }}),

    merges as (select * from {{ ref("stg_hubspot__contact_merges") }}),

    company_names as (select * from {{ ref("stg_hubspot__company_names") }}),

    labelled as (select *, {{ hubspot_label("source", "original_source") }} as source_label from contacts)

select
    labelled.record_id as person_record_id,
    labelled.email,
    nullif({{ trimmed("concat_ws(' ', labelled.first_name, labelled.last_name)") }}, '') as full_name,
    -- Of a contact that was merged away the portal kept selected values, in the other.
    case
        when labelled.record_id in (select merged_record_id from merges) then null else labelled.job_title
    end as job_title,
    coalesce(
        labelled.primary_company_id,
        {{ first_listed("labelled.associated_company_ids") }},
        by_domain.account_record_id,
        by_name.account_record_id
    ) as account_record_id,
    -- A name that no user has (or two have) stays as it is: an unknown owner, and not a missing one.
    coalesce(owner_names.owner_record_id, labelled.contact_owner) as owner_record_id,
    {{ export_utc("labelled.create_date", "hubspot", "labelled") }} as created_at,
    labelled.source_label,
    labelled.original_source_detail_1 as source_detail,
    {{
        hubspot_campaign(
            "labelled.source_label",
            "labelled.original_source_detail_1",
            "labelled.original_source_detail_2",
        )
    }} as campaign_label,
    labelled.business_unit as stream_label,
    labelled.country,
    -- A contact that was merged away is part of the other.
    case
        when labelled.record_id in (select merged_record_id from merges)
        then null
        else {{ hubspot_deleted_at("labelled", ["synced_at", "create_date"]) }}
    end as deleted_at
from labelled
left join owner_names on labelled.contact_owner = owner_names.owner_name
left join
    company_names as by_domain on {{ listed_domain("labelled.associated_company") }} = by_domain.company_name
left join company_names as by_name on {{ listed_name("labelled.associated_company") }} = by_name.company_name
