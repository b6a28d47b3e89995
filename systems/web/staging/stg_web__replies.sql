-- What a visitor sends: the source is the one in its own columns or address, else that of the visitor's
-- last visit until then.
{%- set sent = ["client_id", "email", "page", "_time_zone"] %}
with
    rows_of_forms as ({{ current_rows("web", "form_submissions") }}),

    rows_of_chats as ({{ current_rows("web", "chats") }}),

    forms as ({{ with_address_source("rows_of_forms", "page", sent + ["form", "submitted_at"]) }}),

    chats as ({{ with_address_source("rows_of_chats", "page", sent + ["started_at"], has_columns=false) }}),

    visits as (select * from {{ ref("stg_web__visits") }}),

    form_replies as (
        select
            'form:' || {{ keyed_hash("concat_ws('|', client_id, email, form, submitted_at)") }} as reply_id,
            'form' as touch_label,
            client_id,
            email,
            {{ export_utc("submitted_at", "web", "forms") }} as replied_at,
            case
                when {{ has_source("forms") }} or forms.referrer_label is not null
                then {{ source_medium("forms") }}
            end as source_label,
            coalesce(term, content) as source_detail,
            coalesce(campaign, campaign_id) as campaign_label,
            {{ click_system("forms") }} as click_system,
            coalesce(form, {{ page_of("page") }}) as content_label
        from forms
    ),

    chat_replies as (
        select
            'chat:' || {{ keyed_hash("concat_ws('|', client_id, email, started_at)") }} as reply_id,
            'chat' as touch_label,
            client_id,
            email,
            {{ export_utc("started_at", "web", "chats") }} as replied_at,
            case when {{ has_source("chats") }} then {{ source_medium("chats") }} end as source_label,
            coalesce(term, content) as source_detail,
            coalesce(campaign, campaign_id) as campaign_label,
            {{ click_system("chats") }} as click_system,
            {{ page_of("page") }} as content_label
        from chats
    ),

    replies as (
        select *
        from form_replies
        union all
        select *
        from chat_replies
    ),

    with_visits as (
        select
            replies.*,
            visits.source_label as visit_source_label,
            visits.source_detail as visit_source_detail,
            visits.campaign_label as visit_campaign_label,
            visits.click_system as visit_click_system
        from replies
        left join visits on replies.client_id = visits.client_id and visits.started_at <= replies.replied_at
        qualify
            row_number() over (
                partition by replies.reply_id order by visits.started_at desc, visits.session_id desc
            )
            = 1
    )

select
    reply_id,
    touch_label,
    coalesce(client_id, {{ email_record_id("email") }}) as person_record_id,
    email,
    replied_at,
    -- The source of a reply without any visit is unknown.
    coalesce(source_label, visit_source_label) as source_label,
    case when source_label is null then visit_source_detail else source_detail end as source_detail,
    case when source_label is null then visit_campaign_label else campaign_label end as campaign_label,
    case when source_label is null then visit_click_system else click_system end as click_system,
    content_label
from with_visits
