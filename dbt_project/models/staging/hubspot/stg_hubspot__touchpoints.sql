with
    contacts as ({{ current_rows("hubspot", "contacts") }}),

    -- Who was imported and visited the site later had the import first, whatever the first session says.
    first_visits as (
        select
            record_id as person_record_id,
            'first visit' as kind,
            least(coalesce(first_session_at, create_date), create_date) as touched_at,
            original_source as source_label,
            original_source_detail_1 as source_detail,
            original_source_detail_2 as source_detail_2,
            cast(null as varchar) as content_label
        from contacts
        where original_source is not null or first_session_at <= create_date
    ),

    -- HubSpot does not say from where the form's visit came: it is the last visit that was known by then.
    first_forms as (
        select
            record_id as person_record_id,
            'first form' as kind,
            first_conversion_date as touched_at,
            case
                when latest_source_date <= first_conversion_date then latest_source else original_source
            end as source_label,
            case
                when latest_source_date <= first_conversion_date
                then latest_source_detail_1
                else original_source_detail_1
            end as source_detail,
            case
                when latest_source_date <= first_conversion_date
                then latest_source_detail_2
                else original_source_detail_2
            end as source_detail_2,
            first_conversion as content_label
        from contacts
        where first_conversion_date is not null
    ),

    latest_visits as (
        select
            contacts.record_id as person_record_id,
            'latest visit' as kind,
            contacts.latest_source_date as touched_at,
            contacts.latest_source as source_label,
            contacts.latest_source_detail_1 as source_detail,
            contacts.latest_source_detail_2 as source_detail_2,
            cast(null as varchar) as content_label
        from contacts
        left join first_visits on contacts.record_id = first_visits.person_record_id
        where
            contacts.latest_source_date is not null
            and (first_visits.touched_at is null or contacts.latest_source_date != first_visits.touched_at)
    ),

    touches as (
        select *
        from first_visits
        union all
        select *
        from first_forms
        union all
        select *
        from latest_visits
    )

select
    person_record_id || ':' || kind as touchpoint_record_id,
    person_record_id,
    {{ local_to_utc("touched_at", export_zone("hubspot")) }} as touched_at,
    source_label,
    source_detail,
    {{ hubspot_campaign("source_label", "source_detail", "source_detail_2") }} as campaign_label,
    content_label,
    kind as touch_label
from touches
