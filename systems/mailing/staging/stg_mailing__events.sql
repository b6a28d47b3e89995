with
    events as ({{ current_rows("mailing", "email_events") }}),

    worded as (select *, {{ system_word("mailing", "event", "event") }} as word from events)

select
    {{ keyed_hash("concat_ws('|', recipient, event, happened_at, campaign, link)") }} as event_id,
    recipient as email,
    {{ email_record_id("recipient") }} as person_record_id,
    case
        when word = 'Open'
        then case when is_machine_open then 'machine open' else 'e-mail open' end
        when word = 'Click'
        then 'e-mail click'
    end as touch_label,
    -- A word that nobody has explained may be a wish not to be written to: it is asked about.
    case when word not in ('Open', 'Click', 'Delivery') then word end as activity_label,
    {{ export_utc("happened_at", "mailing", "worded") }} as happened_at,
    campaign,
    {{ page_of("link") }} as link
from worded
