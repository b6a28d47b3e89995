with
    records as (select * from {{ ref("int_persons") }}),

    links as (
        select * from {{ ref("int_person_links") }} where is_person_record and exclusion_reason is null
    ),

    channels as (select * from {{ ref("int_source_channels") }}),

    streams as (select * from {{ ref("stg_reference__stream_labels") }}),

    accounts as (select * from {{ ref("int_person_accounts") }}),

    emails as (select * from {{ ref("int_published_emails") }}),

    personas as (select * from {{ ref("int_person_personas") }}),

    linked as (
        select records.*, links.person_id, links.is_first_record
        from records
        inner join
            links on records.system = links.system and records.person_record_id = links.person_record_id
    ),

    first_records as (select * from linked where is_first_record),

    totals as (
        select
            person_id,
            count(*) as records,
            count(distinct system) as systems,
            -- Deleted is who has no record left.
            case when count(*) = count(deleted_at) then max(deleted_at) end as deleted_at
        from linked
        group by person_id
    )

select
    first_records.person_id,
    first_records.system,
    totals.records,
    totals.systems,
    emails.email,
    emails.email_hash,
    first_records.created_at,
    {{ local_date("first_records.created_at") }} as created_date,
    case when {{ until_as_of("totals.deleted_at") }} then totals.deleted_at end as deleted_at,
    channels.channel,
    coalesce(first_records.source_label, '(missing)') as source_label,
    first_records.source_detail,
    first_records.campaign_label,
    coalesce(channels.lead_type, 'unknown') as lead_type,
    coalesce(streams.revenue_stream, 'unknown') as revenue_stream,
    coalesce(personas.persona, 'unknown') as persona,
    accounts.account_id,
    accounts.rule as account_rule,
    {{ global_id("first_records.system", "first_records.owner_record_id") }} as owner_id,
    first_records.country
from first_records
inner join totals on first_records.person_id = totals.person_id
left join accounts on first_records.person_id = accounts.person_id
left join personas on first_records.person_id = personas.person_id
left join emails on first_records.person_id = emails.person_id
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
