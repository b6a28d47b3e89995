with
    lead_stages as (select * from {{ ref("stg_salesforce__lead_stages") }}),

    lead_owners as (select * from {{ ref("stg_salesforce__lead_owners") }}),

    opportunities as (select * from {{ ref("stg_salesforce__opportunities") }}),

    opportunity_stages as (select * from {{ ref("stg_salesforce__opportunity_stages") }}),

    changes as (
        select
            'lead:' || lead_stages.lead_stage_id as stage_change_record_id,
            lead_stages.lead_record_id as person_record_id,
            cast(null as varchar) as opportunity_record_id,
            lead_owners.owner_record_id,
            lead_stages.stage_label,
            lead_stages.changed_at
        from lead_stages
        left join
            lead_owners
            on lead_stages.lead_record_id = lead_owners.lead_record_id
            and lead_stages.changed_at >= lead_owners.owned_from
            and (lead_owners.owned_until is null or lead_stages.changed_at < lead_owners.owned_until)
        union all
        -- A renewal moves nobody through the funnel, and an opportunity without a contact moves nobody that
        -- is known.
        select
            'opportunity:' || opportunity_stages.opportunity_stage_id as stage_change_record_id,
            opportunities.person_record_id,
            opportunities.opportunity_record_id,
            opportunities.owner_record_id,
            opportunity_stages.stage_name as stage_label,
            opportunity_stages.entered_at as changed_at
        from opportunity_stages
        inner join
            opportunities on opportunity_stages.opportunity_record_id = opportunities.opportunity_record_id
        where opportunities.is_new_business and opportunities.person_record_id is not null
    )

select *, cast(null as varchar) as reason_label
from changes
