{#- The share within the horizon, where journeys are counted (effective_entered); see fct_review_measures. -#}
{% macro step_within() -%} coalesce(nullif(measures.within_horizon_rate, 0), 1) {%- endmacro %}

{#- The CTE `bottlenecks`: steps whose measured rate is below the agreed one by more than chance explains. -#}
{% macro bottleneck_findings() -%}
    steps_below as (
        select
            measures.*,
            measures.from_stage || '_to_' || measures.to_stage as step,
            targets.later_rate,
            targets.deal_size,
            targets.owed_by,
            targets.base_rate,
            case
                when from_stages.stage_rank >= handoff_stages.stage_rank
                then 'sales'
                when to_stages.stage_rank <= handoff_stages.stage_rank
                then 'marketing'
            end as team,
            {{
                wilson_bound(
                    "measures.measured_value * " ~ step_within() ~ " * measures.effective_entered",
                    "measures.effective_entered",
                    "+",
                    finding_z(),
                )
            }} < measures.agreed_value * {{ step_within() }} as is_below
        from measures
        inner join versions on measures.agreement_version = versions.agreement_version
        inner join
            targets
            on measures.agreement_version = targets.agreement_version
            and measures.revenue_stream = targets.revenue_stream
            and measures.lead_type = targets.lead_type
            and measures.from_stage = targets.stage
        left join stages as from_stages on measures.from_stage = from_stages.stage
        left join stages as to_stages on measures.to_stage = to_stages.stage
        left join stages as handoff_stages on versions.handoff_stage = handoff_stages.stage
    ),

    bottlenecks as (
        select
            {{
                finding(
                    "bottleneck",
                    ["revenue_stream", "lead_type", "step"],
                    {
                        "result": "'below agreed'",
                        "team": "team",
                        "revenue_stream": "revenue_stream",
                        "lead_type": "lead_type",
                        "about": "step",
                        "cases": "entered",
                        "unit": "'share'",
                        "value": "measured_value",
                        "value_low": "measured_low",
                        "value_high": "measured_high",
                        "compared_value": "agreed_value",
                        "amount_reporting": rounded(
                            "entered * (agreed_value - measured_value) * later_rate * cast(deal_size as double)",
                            2,
                        ),
                    },
                )
            }}
        from steps_below
        where basis = 'measured' and is_below
    ),

    {#- An improvement is shown where the rate is the agreed one and not the base. -#}
    improvements as (
        select
            {{
                finding(
                    "improvement",
                    ["revenue_stream", "lead_type", "step"],
                    {
                        "result": "case when basis <> 'measured' then 'too early' when measured_high < agreed_value then 'not reached'"
                        ~ " when measured_value >= agreed_value and measured_low > base_rate then 'reached' else 'not shown' end",
                        "team": "owed_by",
                        "revenue_stream": "revenue_stream",
                        "lead_type": "lead_type",
                        "about": "step",
                        "cases": "entered",
                        "unit": "'share'",
                        "value": "measured_value",
                        "value_low": "measured_low",
                        "value_high": "measured_high",
                        "compared_value": "agreed_value",
                    },
                )
            }}
        from steps_below
        where owed_by is not null
    )
{%- endmacro %}
