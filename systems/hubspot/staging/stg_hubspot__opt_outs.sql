-- Who may not be written to: the present value, else the last one of the property history; and who reported a
-- marketing e-mail as spam or changed a subscription by it. Since when, the history or two exports show; else
-- it was so by the last change of the contact, or by the newest contact of the export.
with
    contacts as (select * from {{ ref("stg_hubspot__contacts") }}),

    histories as ({{ current_rows("hubspot", "contact_property_history") }}),

    moved as ({{ changes_by_load("hubspot", "contacts", "record_id", "unsubscribed_from_all") }}),

    events as ({{ current_rows("hubspot", "email_events") }}),

    stated as (
        select
            record_id,
            {{ hubspot_label("yes_no", "property_value") }} as word,
            {{ export_utc("changed_at", "hubspot", "histories") }} as stated_at
        from histories
        where {{ hubspot_label("property", "property_name") }} = 'hs_email_optout'
        qualify row_number() over (partition by record_id order by changed_at desc) = 1
    ),

    shown as (
        select record_id, max(changed_at) as shown_at
        from moved
        where {{ hubspot_label("yes_no", "unsubscribed_from_all") }} <> 'No'
        group by record_id
    ),

    present as (
        select
            record_id,
            nullif({{ hubspot_label("yes_no", trimmed("unsubscribed_from_all")) }}, '') as word,
            {{ export_utc("last_modified_date", "hubspot", "contacts") }} as modified_at,
            max({{ export_utc("create_date", "hubspot", "contacts") }}) over () as last_created_at
        from contacts
    )

select
    'opt-out:' || present.record_id as activity_record_id,
    present.record_id as person_record_id,
    'Unsubscribed' as activity_label,
    coalesce(
        case when stated.word <> 'No' then stated.stated_at end,
        shown.shown_at,
        present.modified_at,
        present.last_created_at
    ) as happened_at
from present
left join stated on present.record_id = stated.record_id
left join shown on present.record_id = shown.record_id
where coalesce(present.word, stated.word) <> 'No'
union all
select
    'opt-out:' || email_event_id as activity_record_id,
    {{ email_record_id("recipient_email") }} as person_record_id,
    'Unsubscribed' as activity_label,
    {{ export_utc("happened_at", "hubspot", "events") }} as happened_at
from events
where
    upper(event_type) in ('SPAMREPORT', 'STATUSCHANGE', 'UNSUBSCRIBE', 'UNSUBSCRIBED')
    and {{ trimmed("recipient_email") }} <> ''
