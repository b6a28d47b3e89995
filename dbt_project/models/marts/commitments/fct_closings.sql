with
    months as (select * from {{ ref("int_closed_months") }}),

    build as (select * from {{ ref("dim_build") }}),

    commitments as (
        select
            month_date,
            count(*) filter (where is_settled) as commitments,
            count(*) filter (where not is_settled) as unsettled_commitments,
            max(settles_at) as settled_at
        from {{ ref("fct_reported_commitments") }}
        group by month_date
    )

select
    months.month_date,
    months.closed_at,
    months.closed_by,
    coalesce(commitments.commitments, 0) as commitments,
    coalesce(commitments.unsettled_commitments, 0) as unsettled_commitments,
    coalesce(commitments.settled_at, months.closed_at) as settled_at,
    {{ local_date("coalesce(commitments.settled_at, months.closed_at)") }} as settled_date,
    coalesce(commitments.unsettled_commitments, 0) = 0 as is_settled
from months
left join commitments on months.month_date = commitments.month_date
