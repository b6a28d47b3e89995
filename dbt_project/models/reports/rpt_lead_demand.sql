with
    demand as (select * from {{ ref("fct_lead_demand") }}),

    build as (select * from {{ ref("dim_build") }}),

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
            max(quota_month_date) as last_quota_month_date
        from demand
        group by agreement_version, revenue_stream, lead_type, month_date
    ),

    quota_months as (
        select distinct
            agreement_version, revenue_stream, lead_type, quota_month_date as month_date, quota_month_leads
        from demand
    )

select
    due.agreement_version,
    due.revenue_stream,
    due.lead_type,
    due.month_date,
    due.leads,
    coalesce(due.same_month_leads, 0) as same_month_leads,
    coalesce(quota_months.quota_month_leads, 0) as quota_month_leads,
    due.last_quota_month_date,
    due.basis
from due
inner join
    build
    on due.month_date >= cast(date_trunc('month', build.as_of_date) as date)
    and due.month_date <= {{ add_months("cast(date_trunc('month', build.as_of_date) as date)", "12") }}
left join
    quota_months
    on due.agreement_version = quota_months.agreement_version
    and due.revenue_stream = quota_months.revenue_stream
    and due.lead_type = quota_months.lead_type
    and due.month_date = quota_months.month_date
