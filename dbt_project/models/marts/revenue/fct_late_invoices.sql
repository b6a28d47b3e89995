-- Whether an invoice is paid is known until the files of its system end. Money that goes back is never late.
with
    revenue as (select * from {{ ref("fct_revenue") }}),

    build as (select * from {{ ref("dim_build") }}),

    paid_until as (
        select freshness.system, least(freshness.system_last_date, build.as_of_date) as last_date
        from {{ ref("fct_source_freshness") }} as freshness
        cross join build
        where freshness.entity = 'revenue'
    ),

    late_lines as (
        select revenue.*, {{ days_apart("revenue.due_date", "paid_until.last_date") }} as days_late
        from revenue
        inner join paid_until on revenue.system = paid_until.system
        where not revenue.is_paid and revenue.due_date < paid_until.last_date
    )

select
    system,
    revenue_document_id,
    account_id,
    min(due_date) as due_date,
    cast(max(days_late) as bigint) as days_late,
    cast(
        case when count(*) = count(amount_reporting) then sum(amount_reporting) end as decimal(24, 6)
    ) as amount_reporting
from late_lines
group by system, revenue_document_id, account_id
having sum(amount) > 0
