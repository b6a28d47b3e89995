with
    contacts as (select * from {{ ref("stg_hubspot__contacts") }}),

    visitors as (
        select
            record_id as person_record_id,
            {{ export_utc("create_date", "hubspot", "contacts") }} as created_at,
            {{ export_utc("first_session_at", "hubspot", "contacts") }} as first_session_at,
            {{ export_utc("latest_source_date", "hubspot", "contacts") }} as latest_source_at,
            {{ hubspot_label("source", "original_source") }} as original_source,
            original_source_detail_1,
            original_source_detail_2,
            {{ hubspot_label("source", "latest_source") }} as latest_source,
            latest_source_detail_1,
            latest_source_detail_2
        from contacts
    ),

    -- A contact that was imported and visited the site later had the import first, whatever its first
    -- session is.
    first_visits as (
        select
            person_record_id,
            'first visit' as touch_label,
            least(coalesce(first_session_at, created_at), created_at) as touched_at,
            original_source as source_label,
            original_source_detail_1 as source_detail,
            original_source_detail_2 as source_detail_2
        from visitors
        where original_source is not null or first_session_at <= created_at
    ),

    latest_visits as (
        select
            visitors.person_record_id,
            'latest visit' as touch_label,
            visitors.latest_source_at as touched_at,
            visitors.latest_source as source_label,
            visitors.latest_source_detail_1 as source_detail,
            visitors.latest_source_detail_2 as source_detail_2
        from visitors
        left join first_visits on visitors.person_record_id = first_visits.person_record_id
        where
            visitors.latest_source_at is not null
            and (first_visits.touched_at is null or visitors.latest_source_at != first_visits.touched_at)
    ),

    visits as (
        select *
        from first_visits
        union all
        select *
        from latest_visits
    )

select
    person_record_id,
    touch_label,
    touched_at,
    source_label,
    source_detail,
    {{ hubspot_campaign("source_label", "source_detail", "source_detail_2") }} as campaign_label
from visits
