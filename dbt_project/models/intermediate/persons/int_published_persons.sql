-- What of a person leaves the warehouse beside the e-mail: the name where the company's own settings
-- (company.yml)
-- choose plain, and the address of the record where they name the place of its system.
with
    records as (select * from {{ ref("int_persons") }}),

    links as (select * from {{ ref("int_record_persons") }} where is_person_record),

    privacy as (select * from {{ source("company", "privacy") }}),

    urls as (select * from {{ source("company", "record_urls") }}),

    linked as (
        select
            links.person_id,
            links.record_id,
            links.is_first_record,
            records.system,
            records.person_record_id,
            records.created_at,
            case
                when {{ trimmed("records.full_name") }} <> '' then {{ trimmed("records.full_name") }}
            end as full_name
        from records
        inner join links on {{ global_id("records.system", "records.person_record_id") }} = links.record_id
    ),

    -- The name of the person's first record; a person without one there has the first of the others.
    names as (
        select linked.person_id, linked.full_name as person_name
        from linked
        cross join privacy
        where privacy.published_name = 'plain' and linked.full_name is not null
        qualify
            row_number() over (
                partition by linked.person_id
                order by
                    case when linked.is_first_record then 0 else 1 end, linked.created_at, linked.record_id
            )
            = 1
    )

select
    linked.person_id,
    names.person_name,
    -- An id of anything but letters and digits could be another address.
    case
        when {{ matches_regex("linked.person_record_id", "'[A-Za-z0-9]+'") }}
        then urls.url_start || linked.person_record_id
    end as record_url
from linked
left join names on linked.person_id = names.person_id
left join urls on linked.system = urls.system
where linked.is_first_record
