{%- set targets -%} cast(movements.target_leads as decimal(28, 12)) {%- endset -%}
{%- set dues -%} cast(movements.due_leads as decimal(28, 12)) {%- endset -%}
with
    demand as (select * from {{ ref("fct_lead_demand") }}),

    deliveries as (select * from {{ ref("fct_lead_delivery_daily") }}),

    months_over_band as (
        select distinct revenue_stream, month_date
        from {{ ref("fct_commitments") }}
        where kind = 'lead_value' and status_reason = 'over'
    ),

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

    -- Two commitments to lead value count the same leads; one of them is enough. A lead that does not count
    -- again is work for sales anyway.
    delivered_once as (
        select *
        from deliveries
        qualify dense_rank() over (partition by agreement_version order by commitment) = 1
    ),

    movements as (
        select
            revenue_stream,
            quota_month_date as month_date,
            quota_month_leads as target_leads,
            0 as due_leads,
            0 as delivered_leads
        from quota_months
        union all
        select revenue_stream, month_date, 0 as target_leads, leads as due_leads, 0 as delivered_leads
        from demand
        union all
        select
            revenue_stream,
            month_date,
            0 as target_leads,
            0 as due_leads,
            leads + leads_not_counted as delivered_leads
        from delivered_once
    ),

    months as (
        select
            movements.revenue_stream,
            movements.month_date,
            -- Not known where no quota is agreed.
            case
                when count(*) = count(movements.target_leads)
                then cast(cast(sum({{ targets }}) as decimal(24, 6)) as double)
            end as target_leads,
            case
                when count(*) = count(movements.due_leads)
                then cast(cast(sum({{ dues }}) as decimal(24, 6)) as double)
            end as due_leads,
            cast(sum(movements.delivered_leads) as bigint) as delivered_leads
        from movements
        inner join build on movements.month_date <= {{ add_months("build.as_of_month_date", "12") }}
        group by movements.revenue_stream, movements.month_date
    ),

    -- The capacity of sales is defined by the version on the last day of the month.
    compared as (
        select
            streams.agreement_version,
            months.*,
            streams.capacity_leads,
            -- An ended month is what came; one to come, what is due; the running one, the greater of both.
            case
                when months.month_date < build.as_of_month_date
                then months.delivered_leads
                when months.due_leads is null
                then null
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
            on versions.agreement_version = streams.agreement_version
            and months.revenue_stream = streams.revenue_stream
    ),

    flagged as (
        select
            compared.*,
            compared.expected_leads > compared.capacity_leads as is_over_capacity,
            coalesce(
                months_over_band.month_date is not null and compared.expected_leads > compared.capacity_leads,
                false
            ) as is_over_delivered
        from compared
        left join
            months_over_band
            on compared.revenue_stream = months_over_band.revenue_stream
            and compared.month_date = months_over_band.month_date
    ),

    -- Every month without over-delivery ends a run.
    runs as (
        select
            *,
            sum(case when is_over_delivered then 0 else 1 end) over (
                partition by revenue_stream order by month_date
            ) as run_number
        from flagged
    ),

    counted as (
        select
            *,
            sum(case when is_over_delivered then 1 else 0 end) over (
                partition by revenue_stream, run_number order by month_date
            ) as months_over
        from runs
    )

select
    agreement_version,
    revenue_stream,
    month_date,
    target_leads,
    due_leads,
    delivered_leads,
    capacity_leads,
    cast(expected_leads as double) as expected_leads,
    expected_leads / capacity_leads as utilisation_rate,
    is_over_capacity,
    cast(months_over as bigint) as months_over,
    months_over >= 2 as is_constant_over_delivery
from counted
