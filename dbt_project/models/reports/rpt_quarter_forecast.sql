{%- set figures = [
    "amount_low",
    "amount_median",
    "amount_high",
    "deals_low",
    "deals_median",
    "deals_high",
    "new_amount",
    "new_deals",
] %}
with
    forecasts as (select * from {{ ref("fct_forecasts") }}),

    figures as (select * from {{ ref("fct_forecast_figures") }}),

    opportunities as (select * from {{ ref("fct_opportunities") }}),

    build as (select * from {{ ref("dim_build") }}),

    -- Of the past nobody kept the dates that were planned.
    planned as (
        select
            forecasts.quarter_date,
            count(
                case when opportunities.planned_close_date < forecasts.quarter_end_date then 1 end
            ) as planned_deals,
            cast(
                sum(
                    case
                        when opportunities.planned_close_date < forecasts.quarter_end_date
                        then opportunities.amount_reporting
                    end
                ) as decimal(24, 6)
            ) as planned_amount,
            count(case when opportunities.planned_close_date < build.as_of_date then 1 end) as overdue_deals,
            count(*) - count(opportunities.planned_close_date) as unplanned_deals
        from forecasts
        cross join build
        cross join opportunities
        where forecasts.is_running_quarter and opportunities.status = 'open'
        group by forecasts.quarter_date
    ),

    drawn as (
        select
            quarter_date,
            {%- for figure in figures %}
                max(
                    case when figure = '{{ figure }}' then value end
                ) as {{ figure }}{{ "," if not loop.last }}
            {%- endfor %}
        from figures
        group by quarter_date
    ),

    totals as (
        select
            forecasts.*,
            cast(forecasts.so_far_amount as double) + drawn.amount_low as forecast_amount_low,
            cast(forecasts.so_far_amount as double) + drawn.amount_median as forecast_amount,
            cast(forecasts.so_far_amount as double) + drawn.amount_high as forecast_amount_high,
            forecasts.so_far_deals + drawn.deals_low as forecast_deals_low,
            forecasts.so_far_deals + drawn.deals_median as forecast_deals,
            forecasts.so_far_deals + drawn.deals_high as forecast_deals_high,
            drawn.new_amount as new_deals_amount,
            drawn.new_deals as new_deals_won
        from forecasts
        left join drawn on forecasts.quarter_date = drawn.quarter_date
    ),

    compared as (
        select
            *,
            case
                when forecast_amount is not null
                then cast(quarter_amount as double) between forecast_amount_low and forecast_amount_high
            end as is_inside
        from totals
    ),

    tried as (
        select count(is_inside) as tried_quarters, count(case when is_inside then 1 end) as inside_quarters
        from compared
    )

select
    compared.quarter_date,
    compared.quarter_end_date,
    compared.is_running_quarter,
    compared.known_until_at,
    compared.rest_days,
    compared.closed_deals,
    compared.won_deals,
    compared.deals_of_unknown_time,
    compared.open_deals,
    compared.open_amount,
    compared.open_deals_unpriced,
    compared.so_far_deals,
    compared.so_far_amount,
    compared.forecast_amount_low,
    compared.forecast_amount,
    compared.forecast_amount_high,
    compared.forecast_deals_low,
    compared.forecast_deals,
    compared.forecast_deals_high,
    compared.new_deals_amount,
    compared.new_deals_won,
    compared.quarter_deals,
    compared.quarter_amount,
    compared.quarter_deals_unpriced,
    compared.is_inside,
    tried.tried_quarters,
    tried.inside_quarters,
    planned.planned_deals,
    planned.planned_amount,
    planned.overdue_deals,
    planned.unplanned_deals,
    compared.reason
from compared
cross join tried
left join planned on compared.quarter_date = planned.quarter_date
