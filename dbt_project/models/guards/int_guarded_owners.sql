-- Where a system has no list of users, a name is all that there is to know of an owner, and an id is nothing.
with
    owners as (select * from {{ ref("dim_owner") }}),

    records as (select * from {{ ref("int_owner_records") }}),

    owner_lists as (select * from {{ ref("owner_lists") }}),

    named as (
        select owner_id, 'person(s)' as record_type
        from {{ ref("dim_person") }}
        union all
        select owner_id, 'opportunity(ies)' as record_type
        from {{ ref("fct_opportunities") }}
        union all
        select owner_id, 'activity(ies)' as record_type
        from {{ ref("fct_activities") }}
    ),

    counts as (select owner_id, record_type, count(*) as row_count from named group by owner_id, record_type),

    counted as (
        select
            owner_id,
            sum(row_count) as row_count,
            {{
                dbt.listagg(
                    "cast(row_count as string) || ' ' || record_type",
                    "', '",
                    "order by row_count desc, record_type",
                )
            }} as what
        from counts
        group by owner_id
    ),

    listed_systems as (select distinct system from records where not is_without_list)

select
    'known_owners' as guard,
    cast(null as string) as clause,
    'owner' as record_type,
    owners.owner_id as record_id,
    cast(null as string) as person_id,
    owners.owner_id,
    cast(null as string) as agreement_version,
    cast(null as timestamp) as happened_at,
    cast(coalesce(counted.row_count, 1) as bigint) as row_count,
    case
        when
            not owners.is_known
            and (listed_systems.system is not null or {{ holds_digit("owners.owner_name") }})
        then
            'owner '
            || owners.owner_name
            || ' of '
            || coalesce(counted.what, 'no record that counts')
            || ' is in no list of users: '
            || coalesce(
                owner_lists.advice, 'put the list of users of ' || owners.system || ' beside its exports'
            )
            || '; or write the name into reference/owners.csv'
    end as reason
from owners
left join counted on owners.owner_id = counted.owner_id
left join owner_lists on owners.system = owner_lists.system
left join listed_systems on owners.system = listed_systems.system
