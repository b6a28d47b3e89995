with
    contacts as (select * from {{ ref("stg_hubspot__contacts") }}),

    submissions as ({{ current_rows("hubspot", "form_submissions") }}),

    forms as ({{ current_rows("hubspot", "forms") }}),

    visits as (select * from {{ ref("stg_hubspot__visits") }}),

    -- A connector has every form that a contact sent; an export has the first.
    sent_forms as (
        select
            submissions.contact_id as person_record_id,
            'form:' || submissions.form_id || ':' || cast(submissions.submitted_at as string) as touch_id,
            'form' as touch_label,
            {{ export_utc("submissions.submitted_at", "hubspot", "submissions") }} as touched_at,
            coalesce(forms.form_name, submissions.page_title) as content_label
        from submissions
        left join forms on submissions.form_id = forms.form_id
        union all
        select
            record_id as person_record_id,
            'first form' as touch_id,
            'first form' as touch_label,
            {{ export_utc("first_conversion_date", "hubspot", "contacts") }} as touched_at,
            first_conversion as content_label
        from contacts
        where
            first_conversion_date is not null
            and not exists (select 1 from submissions where submissions.contact_id = contacts.record_id)
    ),

    -- HubSpot does not export the source of a form's visit: it is the last visit that was known by then.
    last_visits as (
        select
            sent_forms.person_record_id,
            sent_forms.touch_id,
            visits.source_label,
            visits.source_detail,
            visits.campaign_label
        from sent_forms
        inner join visits on sent_forms.person_record_id = visits.person_record_id
        where visits.touch_label = 'first visit' or visits.touched_at <= sent_forms.touched_at
        qualify
            row_number() over (
                partition by sent_forms.person_record_id, sent_forms.touch_id order by visits.touch_label desc
            )
            = 1
    )

select
    sent_forms.person_record_id || ':' || sent_forms.touch_id as touchpoint_record_id,
    sent_forms.person_record_id,
    sent_forms.touched_at,
    last_visits.source_label,
    last_visits.source_detail,
    last_visits.campaign_label,
    sent_forms.content_label,
    sent_forms.touch_label
from sent_forms
left join
    last_visits
    on sent_forms.person_record_id = last_visits.person_record_id
    and sent_forms.touch_id = last_visits.touch_id
