with
    deals as ({{ current_rows("hubspot", "deals") }}),

    owner_names as (select * from {{ ref("stg_hubspot__owner_names") }}),

    company as (select * from {{ ref("stg_agreement__company") }}),

    -- HubSpot's own flags hold whatever the stages are called; without them the default stages' names do.
    judged as (
        select
            *,
            coalesce(is_closed_won, deal_stage = 'Closed Won') as is_won,
            coalesce(is_closed, deal_stage in ('Closed Won', 'Closed Lost')) as has_ended
        from deals
    ),

    -- The close date of an open deal is a forecast, and no end.
    ended as (
        select
            record_id,
            coalesce(
                case when is_won then date_entered_closed_won else date_entered_closed_lost end, close_date
            ) as ended_at
        from judged
        where has_ended
    )

select
    judged.record_id as opportunity_record_id,
    {{ first_listed("judged.associated_contact_ids") }} as person_record_id,
    {{ first_listed("judged.associated_company_ids") }} as account_record_id,
    coalesce(owner_names.owner_record_id, judged.deal_owner) as owner_record_id,
    judged.business_unit as stream_label,
    coalesce(lower(replace(judged.deal_type, ' ', '')) != 'existingbusiness', true) as is_new_business,
    {{ local_to_utc("judged.create_date", export_zone("hubspot")) }} as created_at,
    {{ local_to_utc("ended.ended_at", export_zone("hubspot")) }} as closed_at,
    judged.is_won,
    judged.amount,
    -- A portal with one currency exports none: it is the company's.
    coalesce(judged.currency, company.currency_code) as currency_code,
    judged.closed_lost_reason as lost_reason,
    cast(null as timestamp) as deleted_at
from judged
cross join company
left join ended on judged.record_id = ended.record_id
left join owner_names on judged.deal_owner = owner_names.owner_name
