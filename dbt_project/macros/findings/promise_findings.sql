{#- The CTEs `running` (missed three settled months running) and `unkeepable`: kept by no owner, or always by all. -#}
{% macro promise_findings() -%}
    run_lengths as (
        select
            team_months.period_date as month_date,
            team_months.team,
            team_months.commitment,
            team_months.unit,
            team_months.target,
            team_months.attainment,
            missed_runs.months_missed as run_length
        from team_months
        inner join
            missed_runs
            on team_months.period_date = missed_runs.month_date
            and team_months.team = missed_runs.team
            and team_months.commitment = missed_runs.commitment
        where team_months.is_settled
    ),

    reviewed_runs as (
        {% call by_review_period("run_lengths", "month_date", "build", "versions") %}
            dated.month_date,
            dated.team,
            dated.commitment,
            dated.unit,
            dated.target,
            dated.attainment,
            dated.run_length
        {% endcall %}
    ),

    last_runs as (
        select *
        from reviewed_runs
        where run_length >= 3
        qualify
            row_number() over (partition by review_period, period_from, commitment order by month_date desc)
            = 1
    ),

    running as (
        select
            {{
                finding(
                    "promise",
                    ["'missed_running'", "commitment"],
                    {
                        "result": "'missed running'",
                        "team": "team",
                        "commitment": "commitment",
                        "about": "'months running'",
                        "cases": "run_length",
                        "unit": "unit",
                        "value": "attainment",
                        "compared_value": "target",
                    },
                )
            }}
        from last_runs
    ),

    settled_owners as (
        select
            period_date as month_date,
            team,
            commitment,
            owner_id,
            kept,
            missed,
            target,
            case when due >= 5 then attainment end as owner_rate
        from owner_months
        where is_settled and scope = 'owner' and due > 0
    ),

    reviewed_owners as (
        {% call by_review_period("settled_owners", "month_date", "build", "versions") %}
            dated.month_date,
            dated.team,
            dated.commitment,
            dated.owner_id,
            dated.kept,
            dated.missed,
            dated.target,
            dated.owner_rate
        {% endcall %}
    ),

    owner_sums as (
        select
            {{ review_columns() }},
            team,
            commitment,
            max(target) as target,
            count(distinct month_date) as months,
            count(distinct case when owner_rate is not null then owner_id end) as owners,
            count(owner_rate) as owner_months,
            count(*) filter (where owner_rate < target) as owner_months_below,
            cast(sum(kept) as bigint) as kept,
            cast(sum(missed) as bigint) as missed
        from reviewed_owners
        group by {{ review_columns() }}, team, commitment
    ),

    unkeepable as (
        select
            {{
                finding(
                    "promise",
                    [
                        "case when missed = 0 then 'always_kept' else 'never_kept' end",
                        "commitment",
                    ],
                    {
                        "result": "case when missed = 0 then 'always kept' else 'kept by nobody' end",
                        "team": "team",
                        "commitment": "commitment",
                        "about": "'owners'",
                        "cases": "kept + missed",
                        "unit": "'share'",
                        "value": share_of_cases("kept", "(kept + missed)"),
                        "value_low": wilson_bound("kept", "(kept + missed)", "-"),
                        "value_high": wilson_bound("kept", "(kept + missed)", "+"),
                        "compared_value": "target",
                    },
                )
            }}
        from owner_sums
        where
            {{ is_whole_period("months") }}
            and not {{ is_few("(kept + missed)") }}
            and (missed = 0 or (owners >= 3 and owner_months_below = owner_months))
    )
{%- endmacro %}

{#- The CTE `forecasts`: a quarter that brought less or more than the interval of its forecast. -#}
{% macro forecast_findings() -%}
    reviewed_forecasts as (
        {% call by_review_period("quarter_forecasts", "quarter_date", "build", "versions") %}
            dated.quarter_end_date,
            dated.quarter_deals,
            dated.quarter_amount,
            dated.forecast_amount,
            dated.forecast_amount_low,
            dated.forecast_amount_high,
            dated.is_inside
        {% endcall %}
    ),

    forecasts as (
        select
            {{
                finding(
                    "forecast",
                    ["'quarter'"],
                    {
                        "result": "case when quarter_amount > forecast_amount then 'more came' else 'less came' end",
                        "team": "'sales'",
                        "about": "'won amount'",
                        "cases": "quarter_deals",
                        "unit": "'amount'",
                        "value": "quarter_amount",
                        "value_low": "forecast_amount_low",
                        "value_high": "forecast_amount_high",
                        "compared_value": "forecast_amount",
                        "amount_reporting": "quarter_amount - cast(forecast_amount as decimal(24, 6))",
                    },
                )
            }}
        from reviewed_forecasts
        where period_to = quarter_end_date and not is_inside
    )
{%- endmacro %}
