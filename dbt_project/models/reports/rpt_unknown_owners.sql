with
    owners as (select * from {{ ref("dim_owner") }} where not is_known),

    links as (select * from {{ ref("fct_owner_links") }} where rule = 'ambiguous_name'),

    named as (
        select owner_id, 'person' as record_type
        from {{ ref("dim_person") }}
        union all
        select owner_id, 'opportunity' as record_type
        from {{ ref("fct_opportunities") }}
        union all
        select owner_id, 'activity' as record_type
        from {{ ref("fct_activities") }}
    )

select
    owners.owner_id,
    owners.owner_name,
    count(*) filter (where named.record_type = 'person') as persons,
    count(*) filter (where named.record_type = 'opportunity') as opportunities,
    count(*) filter (where named.record_type = 'activity') as activities,
    owners.owner_id in (select owner_id from links) as is_ambiguous
from owners
left join named on owners.owner_id = named.owner_id
group by owners.owner_id, owners.owner_name
