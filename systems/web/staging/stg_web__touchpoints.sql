with
    visits as (select * from {{ ref("stg_web__visits") }}),

    replies as (select * from {{ ref("stg_web__replies") }}),

    touches as (
        select
            'visit:' || concat_ws(':', client_id, session_id) as touchpoint_record_id,
            client_id as person_record_id,
            started_at as touched_at,
            source_label,
            source_detail,
            campaign_label,
            click_system,
            content_label,
            'visit' as touch_label
        from visits
        union all
        select
            reply_id as touchpoint_record_id,
            person_record_id,
            replied_at as touched_at,
            source_label,
            source_detail,
            campaign_label,
            click_system,
            content_label,
            touch_label
        from replies
    )

select *
from touches
