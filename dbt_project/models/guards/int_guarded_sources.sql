-- By the version of the as-of: what is old, and what does not come any more, shows today.
with
    build as (select * from {{ ref("dim_build") }}),

    limits as (
        select system, max(fresh_within_days) as fresh_within_days
        from {{ source("reference", "systems") }}
        group by system
    ),

    sources as (
        select
            freshness.*,
            cast(coalesce(limits.fresh_within_days, build.old_after_days) as integer) as at_most_days
        from {{ ref("fct_source_freshness") }} as freshness
        cross join build
        left join limits on freshness.system = limits.system
    ),

    loads as (select * from {{ source("ingestion", "loads") }} where status = 'loaded' and not is_correction),

    old as (
        select
            'fresh_sources' as guard,
            'system' as record_type,
            system as record_id,
            case
                when max(system_days_behind) > max(at_most_days)
                then
                    'its files end on '
                    || cast(max(system_last_date) as string)
                    || ', '
                    || cast(max(system_days_behind) as string)
                    || ' days before the as-of, and at most '
                    || cast(max(at_most_days) as string)
                    || ' are agreed'
            end as reason
        from sources
        group by system
    ),

    newest as (
        select
            *, max(case when is_present then 1 else 0 end) over (partition by system, table_name) as present
        from loads
        qualify row_number() over (partition by system, table_name order by load_number desc, file) = 1
    ),

    absent as (
        select
            'present_sources' as guard,
            'source' as record_type,
            system || '.' || table_name as record_id,
            case
                when present = 0
                then
                    'none of its files is there any more; the last was '
                    || file
                    || ', loaded on '
                    || cast(cast(loaded_at as date) as string)
                    || ', and its rows stay as they were'
            end as reason
        from newest
    ),

    guarded as (
        select *
        from old
        union all
        select *
        from absent
    )

select
    guard,
    cast(null as string) as clause,
    record_type,
    record_id,
    cast(null as string) as person_id,
    cast(null as string) as owner_id,
    cast(null as string) as agreement_version,
    cast(null as timestamp) as happened_at,
    1 as row_count,
    reason
from guarded
