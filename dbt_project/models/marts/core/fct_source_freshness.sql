-- A system ends with the latest instant in any of its files: one of them that goes on proves that the
-- others are quiet.
with
    ends as (select * from {{ ref("int_source_ends") }}),

    loads as (
        select system, count(distinct file) as files, sum(rows_loaded) as rows_loaded
        from {{ ref("fct_loads") }}
        where status = 'loaded'
        group by system
    ),

    as_of as (select * from {{ ref("int_as_of") }}),

    evaluating as (
        select
            *,
            max(last_at) over system_rows as system_last_at,
            max(case when entity in ('activities', 'stage_changes') then 1 else 0 end) over system_rows
            + max(case when entity = 'persons' then 1 else 0 end) over system_rows
            = 2 as is_evaluated_by
        from ends
        window system_rows as (partition by system)
    )

select
    evaluating.system,
    evaluating.entity,
    evaluating.is_evaluated_by,
    cast(loads.files as bigint) as system_files,
    cast(loads.rows_loaded as bigint) as system_rows,
    evaluating.first_at,
    evaluating.last_at,
    {{ local_date("evaluating.last_at") }} as last_date,
    {{ local_date("evaluating.system_last_at") }} as system_last_date,
    greatest(
        {{ days_apart(local_date("evaluating.system_last_at"), local_date("as_of.as_of")) }}, 0
    ) as system_days_behind
from evaluating
cross join as_of
left join loads on evaluating.system = loads.system
