with
    deals as ({{ current_rows("hubspot", "deals") }}),

    deal_persons as (select * from {{ ref("stg_hubspot__deal_contacts") }} where is_first),

    company_names as (select * from {{ ref("stg_hubspot__company_names") }}),

    deal_companies as ({{ current_rows("hubspot", "deal_companies") }}),

    pipelines as ({{ current_rows("hubspot", "deal_pipelines") }}),

    pipeline_stages as (select * from {{ ref("stg_hubspot__pipeline_stages") }}),

    merges as (select * from {{ ref("stg_hubspot__deal_merges") }}),

    companies as (
        select deal_id, company_id
        from deal_companies
        qualify
            row_number() over (
                partition by deal_id
                order by case when type_id = '5' then 0 else 1 end, length(company_id), company_id
            )
            = 1
    ),

    named as (
        select
            deals.*,
            coalesce(
                pipeline_stages.stage_name, {{ hubspot_label("deal_stage", "deals.deal_stage") }}
            ) as stage_name,
            coalesce(
                pipelines.pipeline_name,
                pipeline_stages.pipeline_name,
                {{ hubspot_label("pipeline", "deals.pipeline") }}
            ) as pipeline_name,
            coalesce(deals.is_closed, pipeline_stages.is_closed) as is_flagged_closed,
            deals.is_closed_won as is_flagged_won,
            deal_persons.contact_id as person_record_id,
            coalesce(
                {{ first_listed("deals.associated_company_ids") }},
                companies.company_id,
                by_domain.account_record_id,
                by_name.account_record_id
            ) as account_record_id
        from deals
        left join pipeline_stages on deals.deal_stage = pipeline_stages.stage_id
        left join pipelines on deals.pipeline = pipelines.pipeline_id
        left join deal_persons on deals.record_id = deal_persons.deal_id
        left join companies on deals.record_id = companies.deal_id
        left join
            company_names as by_domain
            on {{ listed_domain("deals.associated_company") }} = by_domain.company_name
        left join
            company_names as by_name on {{ listed_name("deals.associated_company") }} = by_name.company_name
    ),

    worded as (
        select
            record_id,
            stage_name as stage_label,
            pipeline_name as pipeline,
            {{ hubspot_label("deal_type", "deal_type") }} as deal_type,
            is_flagged_closed,
            is_flagged_won,
            {{ local_date(export_utc("create_date", "hubspot", "named")) }} as created_date
        from named
    ),

    meanings as ({{ deal_meanings("hubspot") }})

select
    named.*,
    meanings.is_new_business,
    meanings.status = 'won' as is_won,
    meanings.status <> 'open' as has_ended,
    meanings.flagged_status
from named
inner join meanings on named.record_id = meanings.record_id
where not exists (select 1 from merges where merges.merged_deal_id = named.record_id)
