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

    drawn as (
        select
            quarter_date,
            {%- for figure in figures %}
                max(case when figure = '{{ figure }}' then value end) as {{ figure }}{{ "," if not loop.last }}
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
        select
            count(is_inside) as tried_quarters, count(case when is_inside then 1 end) as inside_quarters
        from compared
    )

select
    compared.quarter_date,
    compared.quarter_end_date,
    compared.is_running_quarter,
    compared.known_until,
    compared.rest_days,
    compared.closed_deals,
    compared.won_deals,
    compared.deals_of_unknown_time,
    compared.open_deals,
    compared.open_amount,
    compared.open_deals_without_amount,
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
    compared.quarter_deals_without_amount,
    compared.is_inside,
    tried.tried_quarters,
    tried.inside_quarters,
    compared.planned_deals,
    compared.planned_amount,
    compared.overdue_deals,
    compared.deals_without_planned_date,
    compared.reason
from compared
cross join tried
