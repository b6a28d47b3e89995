with
    months as (select * from {{ ref("int_closed_months") }}),

    commitments as (
        select month_date, count(*) as commitments
        from {{ ref("fct_closed_commitments") }}
        group by month_date
    )

select
    months.month_date, months.closed_at, months.closed_by, coalesce(commitments.commitments, 0) as commitments
from months
left join commitments on months.month_date = commitments.month_date
