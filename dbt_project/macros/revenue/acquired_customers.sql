{#-
    The CTEs `spent` and `acquired`: all costs of the months that have any, and the customers that were won in these,
    from fct_costs and fct_journeys.
-#}
{% macro acquired_customers(costs, journeys) -%}
    spent as (
        select month_date, sum(amount_reporting) as cost_amount
        from {{ costs }}
        where month_date is not null and amount_reporting is not null
        group by month_date
    ),

    acquired as (
        select cast((select sum(cost_amount) from spent) as double) as cost_amount, count(*) as won_customers
        from {{ journeys }}
        inner join
            spent
            on cast(date_trunc('month', {{ local_date(journeys ~ ".customer_at") }}) as date)
            = spent.month_date
    )
{%- endmacro %}
