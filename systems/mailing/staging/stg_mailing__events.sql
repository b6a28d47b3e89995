with events as ({{ current_rows("mailing", "email_events") }})

select
    {{ keyed_hash("concat_ws('|', recipient, event, happened_at, campaign, link)") }} as event_id,
    recipient as email,
    {{ email_record_id("recipient") }} as person_record_id,
    case
        when lower(event) in ('open', 'opened')
        then case when is_machine_open then 'machine open' else 'e-mail open' end
        when lower(event) in ('click', 'clicked')
        then 'e-mail click'
    end as touch_label,
    lower(event) in (
        'unsubscribe',
        'unsubscribed',
        'unsub',
        'group_unsubscribe',
        'opt out',
        'optout',
        'opt_out',
        'spamreport',
        'spam',
        'complaint',
        'complained',
        'abuse'
    ) as is_opt_out,
    {{ export_utc("happened_at", "mailing", "events") }} as happened_at,
    campaign,
    {{ page_of("link") }} as link
from events
