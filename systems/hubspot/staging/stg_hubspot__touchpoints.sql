with
    visits as (select * from {{ ref("stg_hubspot__visits") }}),

    form_touches as (select * from {{ ref("stg_hubspot__form_touches") }}),

    email_touches as (select * from {{ ref("stg_hubspot__email_touches") }}),

    touches as (
        select
            person_record_id || ':' || touch_label as touchpoint_record_id,
            person_record_id,
            touched_at,
            source_label,
            source_detail,
            campaign_label,
            cast(null as string) as content_label,
            touch_label
        from visits
        union all
        select *
        from form_touches
        union all
        select
            touchpoint_record_id,
            person_record_id,
            touched_at,
            source_label,
            source_detail,
            campaign_label,
            content_label,
            touch_label
        from email_touches
    )

select *
from touches
