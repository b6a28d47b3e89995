{#-
    The CTE `value_kpi_cases`: what a customer is worth, by the longest horizon that is measured (fct_customer_value), and the
    same of all customers that were won beside all costs. Costs and customers are those of `customer_acquisition_cost`.
-#}
{% macro value_kpi_cases() -%}
    kpi_customer_value as (
        select
            max(value) as value,
            max(value / horizon_months) as month_value,
            max(horizon_months) as horizon_months
        from {{ ref("fct_customer_value") }}
        where axis = 'all' and customer_kind = 'all' and is_longest_measured
        having max(value) is not null
    ),

    kpi_won_customers as (
        select
            events.journey_id as customer_fact_id,
            events.event_date as won_date,
            case when events.has_costs then worth.value end as value,
            case when events.has_costs then worth.month_value end as month_value
        from kpi_lead_events as events
        cross join kpi_customer_value as worth
        where events.event = 'customer'
        union all
        select opportunity_id, closed_date, null, null
        from kpi_deals_without_lead
    ),

    value_kpi_cases as (
        select
            {{
                kpi_case(
                    "'customer_lifetime_value'",
                    "'within ' || cast(horizon_months as string) || ' months'",
                    "cast(null as date)",
                    numerator="value",
                    kpi_period="'all'",
                )
            }}
        from kpi_customer_value
        {%- for kpi, of_costs, of_customers, worth in [
                ("clv_to_cac", "denominator", "numerator", "value"),
                ("cac_payback_months", "numerator", "denominator", "month_value"),
            ] %}
            union all
            select {{ kpi_case("'" ~ kpi ~ "'", "cost_id", "month_date", **{of_costs: "amount_reporting"}) }}
            from kpi_costs
            union all
            select {{ kpi_case("'" ~ kpi ~ "'", "customer_fact_id", "won_date", **{of_customers: worth}) }}
            from kpi_won_customers
        {%- endfor %}
    )
{%- endmacro %}
