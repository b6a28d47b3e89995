with
    events as ({{ current_rows("hubspot", "email_events") }}),

    campaigns as ({{ current_rows("hubspot", "email_campaigns") }}),

    clicks as ({{ current_rows("hubspot", "email_event_clicks") }}),

    -- What was sent or bounced is not an interaction, and what HubSpot filters was not a person outside the
    -- company.
    touches as (
        select
            *,
            {{ email_record_id("recipient_email") }} as person_record_id,
            case
                upper(event_type) when 'OPEN' then 'e-mail open' when 'CLICK' then 'e-mail click'
            end as touch_label
        from events
        where {{ trimmed("recipient_email") }} != '' and not coalesce(is_filtered, false)
    )

select
    'email:' || touches.email_event_id as touchpoint_record_id,
    touches.person_record_id,
    lower({{ trimmed("touches.recipient_email") }}) as email,
    {{ export_utc("touches.happened_at", "hubspot", "touches") }} as touched_at,
    'Email Marketing' as source_label,
    campaigns.campaign_name as source_detail,
    campaigns.campaign_name as campaign_label,
    -- What follows the question mark can name the person.
    coalesce(
        nullif({{ dbt.split_part("clicks.clicked_url", "'?'", 1) }}, ''), campaigns.subject
    ) as content_label,
    touches.touch_label
from touches
left join campaigns on touches.email_campaign_id = campaigns.email_campaign_id
left join clicks on touches.email_event_id = clicks.email_event_id
where touches.touch_label is not null
