{%- set stages = {
    "Lead": "coalesce(date_entered_lead, became_lead_date)",
    "Marketing Qualified Lead": "coalesce(date_entered_marketing_qualified_lead, became_marketing_qualified_lead_date)",
    "Sales Accepted Lead": "date_entered_sales_accepted_lead",
    "Sales Qualified Lead": "coalesce(date_entered_sales_qualified_lead, became_sales_qualified_lead_date)",
    "Opportunity": "coalesce(date_entered_opportunity, became_opportunity_date)",
    "Customer": "coalesce(date_entered_customer, became_customer_date)",
    "Recycled": "date_entered_recycled",
    "Rejected by Sales": "date_entered_rejected_by_sales",
    "Disqualified": "date_entered_disqualified",
} -%}

with
    contacts as ({{ current_rows("hubspot", "contacts") }}),

    persons as (select * from {{ ref("stg_hubspot__persons") }}),

    opportunities as (select * from {{ ref("stg_hubspot__opportunities") }}),

    -- A renewal moves nobody through the funnel, and a deal without a contact moves nobody that is known.
    new_deals as (select * from opportunities where is_new_business and person_record_id is not null),

    dated_stages as (
        {%- for label, entered_at in stages.items() %}
            select
                record_id, owner_assigned_date, '{{ label }}' as stage_label, {{ entered_at }} as entered_at
            from contacts
            where {{ entered_at }} is not null
            {% if not loop.last %}
                union all
            {% endif %}
        {%- endfor %}
    ),

    -- When a deal is opened HubSpot makes its contact an Opportunity, and when it is won a Customer. That
    -- is one event and is told once: by the deal, which also keeps what a later deal overwrites in the
    -- contact. The contact's own date counts where there is no such deal.
    lifecycle_entries as (
        select *
        from dated_stages
        where
            (stage_label != 'Opportunity' or record_id not in (select person_record_id from new_deals))
            and (
                stage_label != 'Customer'
                or record_id not in (select person_record_id from new_deals where is_won)
            )
    ),

    deal_entries as (
        select *, 'Opportunity' as stage_label, created_at as changed_at
        from new_deals
        union all
        select
            *,
            case when is_won then 'Closed Won' else 'Closed Lost' end as stage_label,
            closed_at as changed_at
        from new_deals
        where closed_at is not null
    ),

    changes as (
        select
            'contact:'
            || lifecycle_entries.record_id
            || ':'
            || lifecycle_entries.stage_label as stage_change_record_id,
            lifecycle_entries.record_id as person_record_id,
            cast(null as varchar) as opportunity_record_id,
            -- Only the present owner and the latest assignment are exported; who had it before is unknown.
            case
                when lifecycle_entries.owner_assigned_date <= lifecycle_entries.entered_at
                then persons.owner_record_id
            end as owner_record_id,
            lifecycle_entries.stage_label,
            {{ local_to_utc("lifecycle_entries.entered_at", export_zone("hubspot")) }} as changed_at
        from lifecycle_entries
        inner join persons on lifecycle_entries.record_id = persons.person_record_id
        union all
        select
            'deal:' || opportunity_record_id || ':' || stage_label as stage_change_record_id,
            person_record_id,
            opportunity_record_id,
            owner_record_id,
            stage_label,
            changed_at
        from deal_entries
    )

select *
from changes
