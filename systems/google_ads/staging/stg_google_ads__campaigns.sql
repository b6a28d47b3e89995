with
    history as ({{ latest_versions("google_ads", "campaign_history", "updated_at") }}),

    report as ({{ campaign_report("google_ads") }}),

    named as (
        select
            id as campaign_record_id,
            name as campaign_name,
            advertising_channel_type as campaign_type_label,
            start_date as started_date,
            -- What Google writes for a campaign without an end.
            nullif(end_date, date '2037-12-30') as ended_date
        from history
    ),

    campaigns as ({{ campaigns_of("named", "report") }})

select *
from campaigns
