{#- A bound of the number that a Poisson count shows, by the score interval. -#}
{% macro count_bound(number, sign, z) -%}
    ({{ number }} + {{ z * z / 2 }} {{ sign }} {{ z }} * sqrt({{ number }} + {{ z * z / 4 }}))
{%- endmacro %}

{#- The CTE `deliveries`: lead types that were over or under their target in a period whose months have all settled. -#}
{% macro delivery_findings() -%}
    settled_deliveries as (
        select
            lead_values.month_date,
            lead_values.team,
            lead_values.commitment,
            lead_values.revenue_stream,
            lead_values.lead_type,
            lead_values.target,
            lead_values.actual,
            targets.lead_value
        from lead_values
        cross join build
        inner join
            targets
            on lead_values.agreement_version = targets.agreement_version
            and lead_values.revenue_stream = targets.revenue_stream
            and lead_values.lead_type = targets.lead_type
            and targets.step_number = 1
        where lead_values.settles_at <= build.as_of and lead_values.target > 0
    ),

    reviewed_deliveries as (
        {% call by_review_period("settled_deliveries", "month_date", "build", "versions") %}
            dated.month_date,
            dated.team,
            dated.commitment,
            dated.revenue_stream,
            dated.lead_type,
            cast(dated.target as decimal(24, 6)) as target_amount,
            cast(dated.actual as decimal(24, 6)) as actual_amount,
            cast(dated.target / dated.lead_value as decimal(24, 6)) as target_leads,
            cast(dated.actual / dated.lead_value as decimal(24, 6)) as actual_leads
        {% endcall %}
    ),

    delivery_sums as (
        select
            {{ review_columns() }},
            team,
            commitment,
            revenue_stream,
            lead_type,
            count(distinct month_date) as months,
            sum(target_amount) as target_amount,
            sum(actual_amount) as actual_amount,
            cast(sum(target_leads) as double) as target_leads,
            cast(sum(actual_leads) as double) as actual_leads
        from reviewed_deliveries
        group by {{ review_columns() }}, team, commitment, revenue_stream, lead_type
    ),

    delivery_bounds as (
        select
            *,
            cast(target_amount as double) / target_leads as lead_amount,
            {{ count_bound("actual_leads", "-", finding_z()) }} as leads_low,
            {{ count_bound("actual_leads", "+", finding_z()) }} as leads_high
        from delivery_sums
        where
            {{ is_whole_period("months") }}
            and abs(actual_amount - target_amount) > tolerance_rate * target_amount
    ),

    deliveries as (
        select
            {{
                finding(
                    "delivery",
                    ["commitment", "revenue_stream", "lead_type"],
                    {
                        "result": "case when actual_amount > target_amount then 'over' else 'under' end",
                        "team": "team",
                        "commitment": "commitment",
                        "revenue_stream": "revenue_stream",
                        "lead_type": "lead_type",
                        "cases": rounded("actual_leads", 0),
                        "unit": "'amount'",
                        "value": "actual_amount",
                        "value_low": rounded("leads_low * lead_amount", 2),
                        "value_high": rounded("leads_high * lead_amount", 2),
                        "compared_value": "target_amount",
                        "amount_reporting": "actual_amount - target_amount",
                    },
                )
            }}
        from delivery_bounds
        where target_leads < leads_low or target_leads > leads_high
    )
{%- endmacro %}
