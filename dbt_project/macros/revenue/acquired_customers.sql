{#-
    The CTEs `spent`, `won` and `acquired`: all costs of the months that have any, and the customers that were won in
    these, from fct_costs and fct_journeys.
-#}
{% macro acquired_customers() -%}
    spent as (
        select month_date, sum(amount_reporting) as cost_amount
        from {{ ref("fct_costs") }}
        where month_date is not null and amount_reporting is not null
        group by month_date
    ),

    won as (
        select
            cast(date_trunc('month', {{ local_date("customer_at") }}) as date) as month_date,
            count(*) as won_customers
        from {{ ref("fct_journeys") }}
        where customer_at is not null
        group by 1
    ),

    acquired as (
        select
            cast(sum(spent.cost_amount) as double) as cost_amount,
            coalesce(sum(won.won_customers), 0) as won_customers
        from spent
        left join won on spent.month_date = won.month_date
    )
{%- endmacro %}
