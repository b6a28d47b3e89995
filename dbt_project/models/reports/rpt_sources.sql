with
    loads as (
        select
            system,
            count(*) filter (where status = 'loaded') as files_loaded,
            count(*) filter (where status = 'refused') as files_refused,
            cast(coalesce(sum(rows_loaded), 0) as bigint) as rows_loaded,
            cast(coalesce(sum(rows_to_correct), 0) as bigint) as rows_to_correct
        from {{ ref("fct_loads") }}
        group by system
    ),

    -- Every entity of a system has the same figures of the system.
    ends as (
        select
            system,
            bool_or(is_evaluated_by) as is_evaluated_by,
            max(system_files) as files,
            max(system_rows) as rows_in_files,
            max(system_last_date) as last_date,
            max(system_days_behind) as days_behind
        from {{ ref("fct_source_freshness") }}
        group by system
    ),

    old as (
        select record_id as system
        from {{ ref("int_guarded_sources") }}
        where guard = 'fresh_sources' and reason is not null
    ),

    build as (select * from {{ ref("dim_build") }})

select
    coalesce(loads.system, ends.system) as system,
    loads.files_loaded,
    loads.files_refused,
    loads.rows_loaded,
    loads.rows_to_correct,
    ends.files,
    ends.rows_in_files,
    ends.is_evaluated_by,
    ends.last_date,
    ends.days_behind,
    -- What commitments are evaluated by is missing.
    coalesce(ends.is_evaluated_by and ends.days_behind > build.behind_after_days, false) as is_behind,
    old.system is not null as is_old
from loads
full join ends on loads.system = ends.system
left join old on ends.system = old.system
cross join build
