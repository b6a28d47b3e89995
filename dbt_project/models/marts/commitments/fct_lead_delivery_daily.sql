with
    days as (select * from {{ ref("int_lead_value_days") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    daily as (
        select
            *,
            cast(date_trunc('quarter', pacing_date) as date) as quarter_date,
            target_to_date_amount - coalesce(lag(target_to_date_amount) over month_days, 0) as target_amount
        from days
        window
            month_days as (
                partition by version, commitment, revenue_stream, lead_type, month_date order by pacing_date
            )
    ),

    to_date as (
        select
            *,
            sum(leads) over month_days as month_leads,
            sum(delivered_amount) over month_days as month_amount,
            sum(delivered_amount) over quarter_days as quarter_amount,
            sum(cast(target_amount as decimal(18, 6))) over quarter_days as quarter_target_amount
        from daily
        window
            month_days as (
                partition by version, commitment, revenue_stream, lead_type, month_date order by pacing_date
            ),
            quarter_days as (
                partition by version, commitment, revenue_stream, lead_type, quarter_date order by pacing_date
            )
    )

select
    to_date.version as agreement_version,
    to_date.team,
    to_date.commitment,
    to_date.revenue_stream,
    to_date.lead_type,
    to_date.pacing_date as delivery_date,
    to_date.month_date,
    to_date.quarter_date,
    cast(to_date.leads as bigint) as leads,
    cast(to_date.leads_not_counted as bigint) as leads_not_counted,
    cast(to_date.leads_given_back as bigint) as leads_given_back,
    cast(to_date.delivered_amount as double) as delivered_amount,
    cast(to_date.target_amount as double) as target_amount,
    cast(to_date.month_leads as bigint) as month_to_date_leads,
    cast(to_date.month_amount as double) as month_to_date_amount,
    cast(to_date.target_to_date_amount as double) as month_to_date_target_amount,
    cast(to_date.month_target_amount as double) as month_target_amount,
    cast(to_date.quarter_amount as double) as quarter_to_date_amount,
    cast(to_date.quarter_target_amount as double) as quarter_to_date_target_amount,
    to_date.target_to_date_amount * (1 - versions.tolerance_rate) as month_to_date_low_amount,
    to_date.target_to_date_amount * (1 + versions.tolerance_rate) as month_to_date_high_amount,
    case
        when to_date.pacing_date > to_date.as_of_date
        then 'not yet due'
        when to_date.month_amount < to_date.target_to_date_amount * (1 - versions.tolerance_rate)
        then 'under'
        when to_date.month_amount > to_date.target_to_date_amount * (1 + versions.tolerance_rate)
        then 'over'
        else 'on track'
    end as status
from to_date
inner join versions on to_date.version = versions.version
