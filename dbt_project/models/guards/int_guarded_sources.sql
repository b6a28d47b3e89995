-- By the version of the as-of: how old a source is shows today.
with
    sources as (select * from {{ ref("fct_source_freshness") }}),

    build as (select * from {{ ref("dim_build") }})

select
    'fresh_sources' as guard,
    cast(null as string) as clause,
    'system' as record_type,
    sources.system as record_id,
    cast(null as string) as person_id,
    cast(null as string) as owner_id,
    cast(null as string) as agreement_version,
    cast(null as timestamp) as happened_at,
    1 as row_count,
    case
        when max(sources.system_days_behind) > max(build.old_after_days)
        then
            'its files end on '
            || cast(max(sources.system_last_date) as string)
            || ', '
            || cast(max(sources.system_days_behind) as string)
            || ' days before the as-of'
    end as reason
from sources
cross join build
group by sources.system
