with
    history as ({{ latest_versions("microsoft_ads", "campaign_history", "modified_time") }}),

    report as ({{ campaign_report("microsoft_ads") }}),

    named as (
        select
            id as campaign_record_id,
            name as campaign_name,
            type as campaign_type_label,
            cast(null as date) as started_date,
            cast(null as date) as ended_date
        from history
    ),

    campaigns as ({{ campaigns_of("named", "report") }})

select *
from campaigns
