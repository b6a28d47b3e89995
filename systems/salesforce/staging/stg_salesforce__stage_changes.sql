with
    lead_stages as (select * from {{ ref("stg_salesforce__lead_stages") }}),

    lead_owners as (select * from {{ ref("stg_salesforce__lead_owners") }}),

    reasons as (select * from {{ ref("stg_salesforce__decline_reasons") }}),

    opportunities as (select * from {{ ref("stg_salesforce__opportunities") }}),

    opportunity_records as (select * from {{ ref("stg_salesforce__opportunity_records") }}),

    opportunity_stages as (select * from {{ ref("stg_salesforce__opportunity_stages") }}),

    changes as (
        select
            'lead:' || lead_stages.lead_stage_id as stage_change_record_id,
            lead_stages.lead_record_id as person_record_id,
            cast(null as string) as opportunity_record_id,
            lead_owners.owner_record_id,
            lead_stages.stage_label,
            reasons.reason_label,
            lead_stages.changed_at,
            lead_stages.changed_after_at
        from lead_stages
        left join
            lead_owners
            on lead_stages.lead_record_id = lead_owners.lead_record_id
            and lead_stages.changed_at >= lead_owners.owned_from
            and lead_stages.changed_at < coalesce(lead_owners.owned_until, timestamp '9999-12-31')
        left join
            reasons
            on lead_stages.lead_record_id = reasons.person_record_id
            and lead_stages.stage_label = reasons.stage_label
            and lead_stages.changed_at = reasons.entered_at
        union all
        -- A renewal moves nobody through the funnel, and an opportunity without a contact moves
        -- nobody that is known.
        select
            'opportunity:' || opportunity_stages.opportunity_stage_id as stage_change_record_id,
            opportunities.person_record_id,
            opportunities.opportunity_record_id,
            opportunities.owner_record_id,
            opportunity_stages.stage_name as stage_label,
            -- The entry in which it ended; lost_reason is null unless it was lost.
            case
                when
                    opportunity_stages.stage_name = opportunity_records.stage_name
                    and opportunity_stages.entered_at
                    = coalesce(opportunities.closing_entered_at, opportunities.closed_at)
                then opportunities.lost_reason
            end as reason_label,
            opportunity_stages.entered_at as changed_at,
            opportunity_stages.entered_after_at as changed_after_at
        from opportunity_stages
        inner join
            opportunities on opportunity_stages.opportunity_record_id = opportunities.opportunity_record_id
        inner join
            opportunity_records
            on opportunity_stages.opportunity_record_id = opportunity_records.opportunity_record_id
        where
            opportunities.is_new_business
            and opportunities.person_record_id is not null
            -- What two exports show between them was before the end.
            and (
                opportunity_stages.entered_after_at is null
                or opportunity_stages.entered_at
                <= coalesce(opportunities.closing_entered_at, opportunities.closed_at, timestamp '9999-12-31')
            )
    )

select *
from changes
