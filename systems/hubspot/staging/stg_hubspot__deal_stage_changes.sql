with
    deals as (select * from {{ ref("stg_hubspot__deals") }}),

    stage_entries as (select * from {{ ref("stg_hubspot__deal_stage_entries") }}),

    opportunities as (select * from {{ ref("stg_hubspot__opportunities") }}),

    stage_labels as (
        select distinct stage_label from {{ ref("stg_reference__stage_labels") }} where system = 'hubspot'
    ),

    -- A renewal moves nobody through the funnel, and a deal without a contact moves nobody that is known.
    new_deals as (
        select
            opportunities.*,
            deals.pipeline_name,
            coalesce(opportunities.closing_entered_at, opportunities.closed_at) as ended_at
        from opportunities
        inner join deals on opportunities.opportunity_record_id = deals.record_id
        where opportunities.is_new_business and opportunities.person_record_id is not null
    ),

    changes as (
        select
            opportunity_record_id,
            pipeline_name,
            'Opportunity' as stage_name,
            'Opportunity' as change_id,
            created_at as changed_at,
            cast(null as timestamp) as changed_after_at
        from new_deals
        union all
        select
            opportunity_record_id,
            pipeline_name,
            case when is_won then 'Closed Won' else 'Closed Lost' end as stage_name,
            case when is_won then 'Closed Won' else 'Closed Lost' end as change_id,
            ended_at as changed_at,
            null as changed_after_at
        from new_deals
        where is_closed
        union all
        -- The entries in between; the end is above, whatever its stage is called.
        select
            new_deals.opportunity_record_id,
            coalesce(stage_entries.pipeline_name, new_deals.pipeline_name) as pipeline_name,
            stage_entries.stage_name,
            stage_entries.stage_name || ':' || cast(stage_entries.entered_at as string) as change_id,
            stage_entries.entered_at as changed_at,
            stage_entries.entered_after_at as changed_after_at
        from stage_entries
        inner join new_deals on stage_entries.opportunity_record_id = new_deals.opportunity_record_id
        where
            new_deals.ended_at is null
            or (
                stage_entries.entered_at != new_deals.ended_at
                -- What two exports show between them was before the end.
                and (stage_entries.entered_after_at is null or stage_entries.entered_at < new_deals.ended_at)
            )
    )

select
    'deal:' || changes.opportunity_record_id || ':' || changes.change_id as stage_change_record_id,
    new_deals.person_record_id,
    changes.opportunity_record_id,
    new_deals.owner_record_id,
    -- Two pipelines can have a stage of one name: `Renewals: Closed Won` is another stage than `Closed Won`
    -- where the company's stage_labels define it.
    case
        when stage_labels.stage_label is not null
        then changes.pipeline_name || ': ' || changes.stage_name
        else changes.stage_name
    end as stage_label,
    case when changes.change_id = 'Closed Lost' then new_deals.lost_reason end as reason_label,
    changes.changed_at,
    changes.changed_after_at
from changes
inner join new_deals on changes.opportunity_record_id = new_deals.opportunity_record_id
left join
    stage_labels
    on {{ folded_word("changes.pipeline_name || ': ' || changes.stage_name") }}
    = {{ folded_word("stage_labels.stage_label") }}
