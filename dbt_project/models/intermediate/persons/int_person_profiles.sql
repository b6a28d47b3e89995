-- The profile of a person: from the first record; the origin and the stream from the first that gives one.
with
    records as (select * from {{ ref("int_persons") }}),

    links as (
        select * from {{ ref("int_person_links") }} where is_person_record and exclusion_reason is null
    ),

    channels as (select * from {{ ref("int_source_channels") }}),

    streams as ({{ reference_words("stream_labels", ["stream_label"], ["revenue_stream"]) }}),

    person_accounts as (select * from {{ ref("int_person_accounts") }}),

    accounts as (select * from {{ ref("int_account_profiles") }}),

    owner_links as (select * from {{ ref("int_owner_links") }}),

    personas as (select * from {{ ref("int_person_personas") }}),

    linked as (
        select
            records.*,
            links.person_id,
            links.is_first_record,
            {{ domain_of(normalised_email("records.email")) }} as email_domain
        from records
        inner join
            links on records.system = links.system and records.person_record_id = links.person_record_id
    ),

    domains as (
        select person_id, email_domain
        from linked
        where email_domain is not null
        qualify row_number() over (partition by person_id order by created_at, system, person_record_id) = 1
    ),

    -- One record has all of an origin: the channel of one and the campaign of another are no origin.
    origins as (
        select
            linked.person_id,
            channels.channel,
            channels.channel_rule,
            coalesce(linked.source_label, '(missing)') as source_label,
            linked.source_detail,
            linked.campaign_label,
            coalesce(channels.lead_type, 'unknown') as lead_type
        from linked
        left join
            channels
            on linked.system = channels.system
            and coalesce(linked.source_label, '') = channels.source_label
            and coalesce(linked.source_detail, '') = channels.source_detail
            and {{ local_date("linked.created_at") }} = channels.source_date
        qualify
            row_number() over (
                partition by linked.person_id
                order by
                    linked.source_label is null and channels.channel_rule is null,
                    not linked.is_first_record,
                    linked.created_at,
                    linked.system,
                    linked.person_record_id
            )
            = 1
    ),

    stream_rows as (
        select linked.person_id, coalesce(streams.revenue_stream, 'unknown') as revenue_stream
        from linked
        left join
            streams
            on linked.system = streams.system
            and {{ folded_word("linked.stream_label") }} = {{ folded_word("streams.stream_label") }}
            and {{ in_force("streams", local_date("linked.created_at")) }}
        qualify
            row_number() over (
                partition by linked.person_id
                order by
                    linked.stream_label is null,
                    not linked.is_first_record,
                    linked.created_at,
                    linked.system,
                    linked.person_record_id
            )
            = 1
    )

select
    linked.person_id,
    linked.system,
    linked.created_at,
    origins.channel,
    origins.channel_rule,
    origins.source_label,
    origins.source_detail,
    origins.campaign_label,
    origins.lead_type,
    stream_rows.revenue_stream,
    person_accounts.account_id,
    person_accounts.rule as account_rule,
    owner_links.owner_id,
    linked.country,
    personas.job_title,
    coalesce(personas.persona, 'unknown') as persona,
    domains.email_domain,
    accounts.country as account_country,
    accounts.segment_label,
    accounts.employees
from linked
inner join origins on linked.person_id = origins.person_id
inner join stream_rows on linked.person_id = stream_rows.person_id
left join
    owner_links on linked.system = owner_links.system and linked.owner_record_id = owner_links.owner_record_id
left join personas on linked.person_id = personas.person_id
left join domains on linked.person_id = domains.person_id
left join person_accounts on linked.person_id = person_accounts.person_id
left join accounts on person_accounts.account_id = accounts.account_id
where linked.is_first_record
