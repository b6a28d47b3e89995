with
    records as (select * from {{ ref("int_persons") }}),

    links as (select * from {{ ref("int_person_links") }}),

    channels as (select * from {{ ref("int_source_channels") }}),

    streams as (select * from {{ ref("stg_reference__stream_labels") }}),

    first_records as (
        select records.*, links.person_id
        from records
        inner join
            links
            on records.system = links.system
            and records.person_record_id = links.person_record_id
            and links.is_first_record
    ),

    record_counts as (select person_id, count(*) as records from links group by person_id)

select
    first_records.person_id,
    first_records.system,
    record_counts.records,
    first_records.created_at,
    {{ local_date("first_records.created_at") }} as created_date,
    channels.channel,
    coalesce(first_records.source_label, '(missing)') as source_label,
    first_records.source_detail,
    first_records.campaign_label,
    coalesce(channels.lead_type, 'unknown') as lead_type,
    coalesce(streams.revenue_stream, 'unknown') as revenue_stream,
    {{ global_id("first_records.system", "first_records.account_record_id") }} as account_id,
    {{ global_id("first_records.system", "first_records.owner_record_id") }} as owner_id,
    first_records.country
from first_records
inner join record_counts on first_records.person_id = record_counts.person_id
left join
    channels
    on first_records.system = channels.system
    and coalesce(first_records.source_label, '') = channels.source_label
    and coalesce(first_records.source_detail, '') = channels.source_detail
    and {{ local_date("first_records.created_at") }} = channels.source_date
left join
    streams
    on first_records.system = streams.system
    and first_records.stream_label = streams.stream_label
    and {{ in_force("streams", local_date("first_records.created_at")) }}
