with
    demand as (select * from {{ ref("fct_lead_demand") }}),

    deliveries as (select * from {{ ref("fct_lead_delivery_daily") }}),

    streams as (select * from {{ ref("dim_revenue_stream") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    build as (
        select as_of_date, cast(date_trunc('month', as_of_date) as date) as as_of_month_date
        from {{ ref("dim_build") }}
    ),

    quota_months as (
        select distinct agreement_version, revenue_stream, lead_type, quota_month_date, quota_month_leads
        from demand
    ),

    -- Two promises of lead value count the same leads; one of them is enough. A lead that does not count
    -- again is work for sales all the same.
    delivered_once as (
        select *
        from deliveries
        qualify dense_rank() over (partition by agreement_version order by commitment) = 1
    ),

    movements as (
        select
            revenue_stream,
            quota_month_date as month_date,
            quota_month_leads as owed_leads,
            0 as due_leads,
            0 as delivered_leads
        from quota_months
        union all
        select revenue_stream, month_date, 0 as owed_leads, leads as due_leads, 0 as delivered_leads
        from demand
        union all
        select
            revenue_stream,
            month_date,
            0 as owed_leads,
            0 as due_leads,
            leads + leads_not_counted as delivered_leads
        from delivered_once
    ),

    months as (
        select
            movements.revenue_stream,
            movements.month_date,
            cast(
                cast(sum(cast(movements.owed_leads as decimal(28, 12))) as decimal(18, 6)) as double
            ) as owed_leads,
            cast(
                cast(sum(cast(movements.due_leads as decimal(28, 12))) as decimal(18, 6)) as double
            ) as due_leads,
            cast(sum(movements.delivered_leads) as bigint) as delivered_leads
        from movements
        inner join build on movements.month_date <= {{ add_months("build.as_of_month_date", "12") }}
        group by movements.revenue_stream, movements.month_date
    ),

    -- What sales can serve is what the version on the last day of the month says.
    compared as (
        select
            streams.agreement_version,
            months.*,
            streams.capacity_leads,
            -- An ended month is what came; one to come, what is due; the running one, the greater of both.
            case
                when months.month_date < build.as_of_month_date
                then months.delivered_leads
                else greatest(months.delivered_leads, months.due_leads)
            end as expected_leads
        from months
        cross join build
        inner join
            versions
            on {{ add_months("months.month_date", "1") }} > versions.effective_from
            and {{ add_months("months.month_date", "1") }}
            <= coalesce({{ next_day("versions.effective_to") }}, date '9999-12-31')
        inner join
            streams
            on versions.version = streams.agreement_version
            and months.revenue_stream = streams.revenue_stream
    )

select
    agreement_version,
    revenue_stream,
    month_date,
    owed_leads,
    due_leads,
    delivered_leads,
    capacity_leads,
    cast(expected_leads as double) as expected_leads,
    expected_leads / capacity_leads as utilisation_rate,
    expected_leads > capacity_leads as is_over_capacity
from compared
