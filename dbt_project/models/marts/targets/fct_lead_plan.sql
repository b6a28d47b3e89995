-- What is due in each month, for which deals: by the sales cycle, a deal of June asks for its lead in April.
with
    demand as (select * from {{ ref("fct_lead_demand") }}),

    targets as (select * from {{ ref("dim_target") }} where step_number = 1),

    closing_times as (select * from {{ ref("dim_closing_time") }}),

    months as (
        select
            cast(date_trunc('month', as_of_date) as date) as first_month_date,
            {{ add_months("cast(date_trunc('month', as_of_date) as date)", "11") }} as last_month_date
        from {{ ref("dim_build") }}
    ),

    -- Added up as decimals: a sum of binary fractions depends on the order of the rows.
    lags as (
        select
            agreement_version,
            revenue_stream,
            lead_type,
            sum(cast(day_number * closed_rate as decimal(28, 12))) as lag_days
        from closing_times
        group by agreement_version, revenue_stream, lead_type
    ),

    due as (
        select
            agreement_version,
            revenue_stream,
            lead_type,
            month_date,
            min(basis) as basis,
            cast(cast(sum(cast(leads as decimal(28, 12))) as decimal(24, 6)) as double) as leads,
            cast(
                cast(
                    sum(cast(leads as decimal(28, 12))) filter (
                        where quota_month_date = month_date
                    ) as decimal(24, 6)
                ) as double
            ) as same_month_leads,
            cast(
                cast(sum(cast(deals_amount as decimal(28, 12))) as decimal(24, 6)) as double
            ) as deals_amount,
            max(case when leads is not null then quota_month_date end) as last_quota_month_date,
            min(case when leads is null then quota_month_date end) as unknown_quota_month_date
        from demand
        group by agreement_version, revenue_stream, lead_type, month_date
    ),

    quota_months as (
        select distinct
            agreement_version,
            revenue_stream,
            lead_type,
            quota_month_date as month_date,
            quota_month_leads,
            quota_month_amount
        from demand
    )

select
    due.agreement_version,
    due.revenue_stream,
    due.lead_type,
    due.month_date,
    cast({{ months_between("months.first_month_date", "due.month_date") }} + 1 as integer) as plan_month,
    targets.stage,
    due.leads,
    due.leads * targets.lead_value as lead_value_amount,
    due.deals_amount / cast(targets.deal_size as double) as customers,
    due.deals_amount,
    due.same_month_leads,
    quota_months.quota_month_leads,
    quota_months.quota_month_amount,
    cast(lags.lag_days as double) as lag_days,
    due.last_quota_month_date,
    due.unknown_quota_month_date,
    due.basis
from due
inner join months on due.month_date >= months.first_month_date and due.month_date <= months.last_month_date
inner join
    targets
    on due.agreement_version = targets.agreement_version
    and due.revenue_stream = targets.revenue_stream
    and due.lead_type = targets.lead_type
inner join
    lags
    on due.agreement_version = lags.agreement_version
    and due.revenue_stream = lags.revenue_stream
    and due.lead_type = lags.lead_type
left join
    quota_months
    on due.agreement_version = quota_months.agreement_version
    and due.revenue_stream = quota_months.revenue_stream
    and due.lead_type = quota_months.lead_type
    and due.month_date = quota_months.month_date
