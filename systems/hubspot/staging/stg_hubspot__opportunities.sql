with
    deals as (select * from {{ ref("stg_hubspot__deals") }}),

    entries as (select * from {{ ref("stg_hubspot__deal_stage_entries") }}),

    owner_names as (select * from {{ ref("stg_hubspot__owner_names") }}),

    company as (select * from {{ ref("stg_agreement__company") }}),

    -- A deal that has ended stays with who had it then.
    owners_then as ({{ value_at_state("hubspot", "deals", "record_id", "deal_stage", "deal_owner") }}),

    -- The close date of an open deal is a forecast, and no end; that of an ended one was written, and its
    -- entry into the stage in which it ended was seen.
    ended as (
        select deals.record_id, max(entries.entered_at) as entered_at
        from deals
        inner join
            entries
            on deals.record_id = entries.opportunity_record_id
            and entries.stage_name
            in (deals.stage_name, case when deals.is_won then 'Closed Won' else 'Closed Lost' end)
        where deals.has_ended
        group by deals.record_id
    )

select
    deals.record_id as opportunity_record_id,
    deals.person_record_id,
    deals.account_record_id,
    coalesce(
        owner_names.owner_record_id,
        case when deals.has_ended then owners_then.held_value end,
        deals.deal_owner
    ) as owner_record_id,
    coalesce(deals.business_unit, deals.pipeline_name) as stream_label,
    deals.is_new_business,
    {{ hubspot_label("deal_type", "deals.deal_type") }} as deal_type_label,
    deals.pipeline_name as pipeline_label,
    deals.stage_name as present_stage_label,
    deals.flagged_status,
    {{ export_utc("deals.create_date", "hubspot", "deals") }} as created_at,
    case when deals.has_ended then {{ export_utc("deals.close_date", "hubspot", "deals") }} end as closed_at,
    case
        when not deals.has_ended then {{ export_utc("deals.close_date", "hubspot", "deals") }}
    end as planned_close_at,
    ended.entered_at as closing_entered_at,
    deals.has_ended as is_closed,
    coalesce(
        {{ export_utc("deals.last_modified_date", "hubspot", "deals") }}, ended.entered_at
    ) as recorded_at,
    deals.is_won,
    -- An amount without its currency may be in any; the portal's own conversion is not.
    case
        when {{ export_currency("deals.currency", "hubspot") }} is null
        then coalesce(deals.company_amount, deals.amount)
        else deals.amount
    end as amount,
    coalesce(
        {{ export_currency("deals.currency", "hubspot") }},
        case when deals.company_amount is not null then company.currency_code end
    ) as currency_code,
    deals.company_amount,
    deals.closed_lost_reason as lost_reason,
    {{ hubspot_deleted_at("deals", ["synced_at", "last_modified_date", "create_date"]) }} as deleted_at
from deals
cross join company
left join ended on deals.record_id = ended.record_id
left join owners_then on deals.record_id = owners_then.record_key
left join
    owner_names
    on coalesce(case when deals.has_ended then owners_then.held_value end, deals.deal_owner)
    = owner_names.owner_name
