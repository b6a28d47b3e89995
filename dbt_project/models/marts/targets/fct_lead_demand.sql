{#- What of a quota month's leads or money is due by the days of one other month. -#}
{%- set part -%}
    shifted.days_in_force * closing_times.closed_rate / monthly.days_of_month as decimal(28, 12)
{%- endset -%}

-- A deal of a quota day comes from a lead that was handed over as many days before as deals take: each day's
-- part of the quota is spread over the days before it, by the share of deals that take so long.
with
    targets as (select * from {{ ref("dim_target") }} where step_number = 1),

    quota_periods as (select * from {{ ref("dim_quota_period") }}),

    closing_times as (select * from {{ ref("dim_closing_time") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    build as (select * from {{ ref("dim_build") }}),

    -- Until twelve months after the as-of's, and as much longer as leads of those months may take.
    span as (
        select
            greatest(
                (select min(effective_from) from versions), cast(date_trunc('month', build.data_from) as date)
            ) as first_date,
            cast(
                {{ dbt.dateadd("day", "(select max(day_number) from closing_times)", "build.as_of_date") }}
                as date
            ) as last_closing_date
        from build
    ),

    numbers as (
        select value
        from
            {{
                integer_series(
                    "0",
                    "(select "
                    ~ days_apart(
                        "first_date",
                        add_months("cast(date_trunc('month', last_closing_date) as date)", "14"),
                    )
                    ~ " - 1 from span)",
                )
            }}
    ),

    days as (
        select cast({{ dbt.dateadd("day", "numbers.value", "span.first_date") }} as date) as quota_date
        from numbers
        cross join span
    ),

    quota_days as (
        select
            versions.agreement_version,
            days.quota_date,
            cast(date_trunc('month', days.quota_date) as date) as quota_month_date,
            {{
                days_apart(
                    "cast(date_trunc('month', days.quota_date) as date)",
                    add_months("cast(date_trunc('month', days.quota_date) as date)", "1"),
                )
            }} as days_of_month
        from days
        inner join
            versions
            on days.quota_date >= versions.effective_from
            and days.quota_date <= coalesce(versions.effective_to, date '9999-12-31')
    ),

    -- A version has the target of its own days of a month.
    quota_months as (
        select agreement_version, quota_month_date, days_of_month, count(*) as days_in_force
        from quota_days
        group by agreement_version, quota_month_date, days_of_month
    ),

    -- How much of a quota month is handed over in which month, for every number of days before.
    shifted as (
        select
            quota_days.agreement_version,
            quota_days.quota_month_date,
            delays.day_number,
            cast(
                date_trunc(
                    'month', {{ dbt.dateadd("day", "- delays.day_number", "quota_days.quota_date") }}
                ) as date
            ) as month_date,
            count(*) as days_in_force
        from quota_days
        cross join (select distinct day_number from closing_times) as delays
        group by all
    ),

    -- A month has its share of the quota, in money and in leads; neither is known where no quota is agreed
    -- for it.
    monthly as (
        select
            targets.agreement_version,
            targets.revenue_stream,
            targets.lead_type,
            quota_months.quota_month_date,
            quota_months.days_of_month,
            quota_months.days_in_force,
            targets.owed
            * quota_periods.month_share_rate
            / quota_periods.period_months
            * (quota_periods.period_amount / cast(targets.quota_amount as double)) as month_leads,
            targets.quota_share * quota_periods.month_amount as month_amount
        from targets
        inner join quota_months on targets.agreement_version = quota_months.agreement_version
        left join
            quota_periods
            on targets.agreement_version = quota_periods.agreement_version
            and targets.revenue_stream = quota_periods.revenue_stream
            and {{ quota_of_month("quota_periods", "quota_months.quota_month_date") }}
    )

select
    monthly.agreement_version,
    monthly.revenue_stream,
    monthly.lead_type,
    monthly.quota_month_date,
    shifted.month_date,
    closing_times.basis,
    cast(sum(cast(monthly.month_leads * {{ part }})) as double) as leads,
    min(monthly.month_leads * monthly.days_in_force / monthly.days_of_month) as quota_month_leads,
    cast(sum(cast(monthly.month_amount * {{ part }})) as double) as deals_amount,
    min(monthly.month_amount * monthly.days_in_force / monthly.days_of_month) as quota_month_amount
from monthly
inner join
    closing_times
    on monthly.agreement_version = closing_times.agreement_version
    and monthly.revenue_stream = closing_times.revenue_stream
    and monthly.lead_type = closing_times.lead_type
inner join
    shifted
    on monthly.agreement_version = shifted.agreement_version
    and monthly.quota_month_date = shifted.quota_month_date
    and closing_times.day_number = shifted.day_number
group by
    monthly.agreement_version,
    monthly.revenue_stream,
    monthly.lead_type,
    monthly.quota_month_date,
    shifted.month_date,
    closing_times.basis
