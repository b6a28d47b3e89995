with
    profiles as (select * from {{ ref("int_person_profiles") }}),

    records as (select * from {{ ref("int_persons") }}),

    links as (
        select * from {{ ref("int_person_links") }} where is_person_record and exclusion_reason is null
    ),

    emails as (select * from {{ ref("int_published_emails") }}),

    opt_outs as (select * from {{ ref("int_opt_outs") }}),

    published as (select * from {{ ref("int_published_persons") }}),

    totals as (
        select
            links.person_id,
            count(*) as records,
            count(distinct records.system) as systems,
            -- A person without a remaining record is deleted.
            case when count(*) = count(records.deleted_at) then max(records.deleted_at) end as deleted_at
        from records
        inner join
            links on records.system = links.system and records.person_record_id = links.person_record_id
        group by links.person_id
    )

select
    profiles.person_id,
    profiles.system,
    totals.records,
    totals.systems,
    emails.email,
    emails.email_hash,
    published.person_name,
    published.record_url,
    profiles.created_at,
    {{ local_date("profiles.created_at") }} as created_date,
    case when {{ until_as_of("totals.deleted_at") }} then totals.deleted_at end as deleted_at,
    case
        when {{ until_as_of("totals.deleted_at") }}
        then {{ utc_to_local("totals.deleted_at", company_zone()) }}
    end as deleted_local_at,
    profiles.channel,
    profiles.channel_rule,
    profiles.source_label,
    profiles.source_detail,
    profiles.campaign_label,
    profiles.lead_type,
    profiles.revenue_stream,
    profiles.persona,
    profiles.job_title is not null as has_job_title,
    profiles.account_id,
    profiles.account_rule,
    profiles.owner_id,
    profiles.country,
    opt_outs.person_id is not null as has_opted_out,
    {{ local_date("opt_outs.opted_out_at") }} as opted_out_date
from profiles
inner join totals on profiles.person_id = totals.person_id
left join emails on profiles.person_id = emails.person_id
left join published on profiles.person_id = published.person_id
left join opt_outs on profiles.person_id = opt_outs.person_id
