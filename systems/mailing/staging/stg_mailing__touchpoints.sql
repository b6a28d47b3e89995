-- What was sent, delivered, bounced or unsubscribed is not a touch of the person: nothing was looked at.
with events as (select * from {{ ref("stg_mailing__events") }} where touch_label is not null)

select
    event_id as touchpoint_record_id,
    person_record_id,
    happened_at as touched_at,
    'mailing / email' as source_label,
    cast(null as string) as source_detail,
    campaign as campaign_label,
    -- The content of a click is where it led, that of an open is the mail.
    coalesce(link, campaign) as content_label,
    touch_label
from events
