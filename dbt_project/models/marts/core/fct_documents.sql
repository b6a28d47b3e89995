with
    documents as (select * from {{ ref("int_documents") }} where {{ until_as_of("sent_at") }}),

    links as (select * from {{ ref("int_person_links") }}),

    owner_links as (select * from {{ ref("int_owner_links") }}),

    content_names as (select * from {{ ref("int_content_names") }}),

    -- A tool for documents notes the deal's id and not the system that it is of: it counts where
    -- one system has it.
    opportunities as (
        select
            opportunity_record_id, min({{ global_id("system", "opportunity_record_id") }}) as opportunity_id
        from {{ ref("int_opportunities") }}
        where {{ until_as_of("created_at") }}
        group by opportunity_record_id
        having count(*) = 1
    ),

    -- A document opened after the as-of is not opened yet.
    known as (select *, coalesce({{ until_as_of("first_opened_at") }}, false) as is_opened from documents)

select
    {{ global_id("known.system", "known.document_record_id") }} as document_id,
    known.system,
    links.person_id,
    opportunities.opportunity_id,
    owner_links.owner_id,
    known.document_label,
    content_names.content_name,
    content_names.content_kind,
    content_names.content_stage,
    content_names.content_persona,
    known.sent_at,
    {{ local_date("known.sent_at") }} as sent_date,
    {{ utc_to_local("known.sent_at", company_zone()) }} as sent_local_at,
    case when known.is_opened then known.first_opened_at end as first_opened_at,
    case
        when known.is_opened then {{ utc_to_local("known.first_opened_at", company_zone()) }}
    end as first_opened_local_at,
    known.is_opened,
    case
        when known.is_opened then {{ minutes_between("known.sent_at", "known.first_opened_at") }} / 1440
    end as days_to_open,
    case when known.is_opened then known.opens else 0 end as opens
from known
left join links on known.system = links.system and known.person_record_id = links.person_record_id
left join
    owner_links on known.system = owner_links.system and known.owner_record_id = owner_links.owner_record_id
left join opportunities on known.opportunity_record_id = opportunities.opportunity_record_id
left join
    content_names
    on known.system = content_names.system
    and known.document_label = content_names.name
    and {{ local_date("known.sent_at") }} = content_names.content_date
where links.exclusion_reason is null
