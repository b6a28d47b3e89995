{#- The CTE `breaches`: of commitments that were not kept by more than chance explains, the causes of the missed clocks. -#}
{% macro breach_findings() -%}
    settled_clocks as (
        select
            clocks.month_date,
            clocks.team,
            clocks.commitment,
            clocks.target_rate,
            clocks.status,
            missed_clocks.cause,
            missed_clocks.lead_value
        from clocks
        cross join build
        left join
            missed_clocks
            on clocks.commitment_id = missed_clocks.commitment_id
            and clocks.month_date = missed_clocks.month_date
        where clocks.status in ('kept', 'missed') and clocks.settles_at <= build.as_of
    ),

    reviewed_clocks as (
        {% call by_review_period("settled_clocks", "month_date", "build", "versions") %}
            dated.team, dated.commitment, dated.target_rate, dated.status, dated.cause, dated.lead_value
        {% endcall %}
    ),

    broken as (
        select review_period, period_from, commitment, count(*) filter (where status = 'missed') as missed
        from reviewed_clocks
        group by review_period, period_from, commitment
        having
            {{ wilson_bound("count(*) filter (where status = 'kept')", "count(*)", "+", finding_z()) }}
            < min(target_rate)
    ),

    caused as (
        select
            {{ review_columns() }},
            team,
            commitment,
            cause,
            count(*) as cases,
            sum(cast(lead_value as decimal(24, 6))) as amount
        from reviewed_clocks
        where cause <> 'none known'
        group by {{ review_columns() }}, team, commitment, cause
    ),

    breaches as (
        select
            {{
                finding(
                    "breach",
                    ["commitment", "cause"],
                    {
                        "result": "'not kept'",
                        "team": "team",
                        "commitment": "commitment",
                        "about": "cause",
                        "cases": "missed",
                        "unit": "'share'",
                        "value": share_of_cases("cases", "missed"),
                        "value_low": wilson_bound("cases", "missed", "-"),
                        "value_high": wilson_bound("cases", "missed", "+"),
                        "amount_reporting": "amount",
                    },
                )
            }}
        from caused
        inner join broken using (review_period, period_from, commitment)
        -- A cause of less than a tenth explains little.
        where cases >= 5 and cases >= 0.1 * missed
    )
{%- endmacro %}
