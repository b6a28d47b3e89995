-- Visits as the measure website_visits counts them. A form is of the visitor's last visit until then.
with
    touchpoints as (
        select *, {{ global_id("system", "touchpoint_record_id") }} as touchpoint_id
        from {{ ref("int_touchpoints") }}
        where touch_label in ('visit', 'form') and {{ until_as_of("touched_at") }}
    ),

    counted as (select touchpoint_id from {{ ref("int_website_touches") }} where measure = 'website_visits'),

    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    forms as (select * from touchpoints where touch_label = 'form'),

    systems_with_forms as (select system from forms where person_record_id is not null group by system),

    visits as (
        select
            touchpoints.*,
            lead(touchpoints.touched_at) over (
                partition by touchpoints.system, touchpoints.person_record_id
                order by touchpoints.touched_at, touchpoints.touchpoint_id
            ) as next_at
        from touchpoints
        inner join counted on touchpoints.touchpoint_id = counted.touchpoint_id
    ),

    sent as (
        select visits.touchpoint_id, count(*) as form_submissions
        from visits
        inner join
            forms
            on visits.system = forms.system
            and visits.person_record_id = forms.person_record_id
            and visits.touched_at <= forms.touched_at
            and coalesce(forms.touched_at < visits.next_at, true)
        group by visits.touchpoint_id
    )

select
    visits.touchpoint_id as session_id,
    visits.system,
    links.person_id,
    visits.touched_at as started_at,
    {{ local_date("visits.touched_at") }} as started_date,
    coalesce(visits.source_label, '(missing)') as source_label,
    visits.campaign_label,
    visits.content_label,
    case
        when visits.person_record_id is not null and systems_with_forms.system is not null
        then coalesce(sent.form_submissions, 0)
    end as form_submissions
from visits
left join sent on visits.touchpoint_id = sent.touchpoint_id
left join systems_with_forms on visits.system = systems_with_forms.system
left join links on visits.system = links.system and visits.person_record_id = links.person_record_id
