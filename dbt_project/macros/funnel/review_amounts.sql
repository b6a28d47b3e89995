{#-
    The CTE `review_closing_days`: the median time from the first stage of the agreed chain to the customer, of those that
    become one within the horizon: the day on which half of its incidence is reached, so that a young cohort does not look
    quick. The bounds are the days of the shares between which the median of a sample of as many customers is.
-#}
{% macro review_closing_days(days, targets) -%}
    review_chains as (
        select agreement_version, revenue_stream, lead_type, stage from {{ targets }} where step_number = 1
    ),

    review_closing_counts as (
        select
            days.*,
            {{ rounded("1 - exp(sum(coalesce(days.log_step, -50)) over closing_order)", 9) }} as incidence,
            sum(days.reached) over closing_order as customers
        from {{ days }} as days
        inner join
            review_chains as chains
            on days.agreement_version = chains.agreement_version
            and days.revenue_stream = chains.revenue_stream
            and days.lead_type = chains.lead_type
            and days.from_stage = chains.stage
            and days.to_stage = 'customer'
        window closing_order as (partition by days.cohort_id order by days.followed_days)
    ),

    review_closing_ends as (
        select
            cohort_id,
            max(followed_days) >= max(horizon_days) as is_followed,
            max(incidence) filter (where followed_days <= horizon_days) as last_incidence,
            max(customers) filter (where followed_days <= horizon_days) as last_customers,
            {{ review_z() }}
            / 2
            / sqrt(nullif(max(customers) filter (where followed_days <= horizon_days), 0)) as half_width
        from review_closing_counts
        group by cohort_id
    ),

    review_agreed_closing as (
        select
            agreement_version,
            revenue_stream,
            min(day_number) as agreed_days,
            cast(min(closed_until) as double) as agreed_closed_rate
        from
            (
                select
                    agreement_version,
                    revenue_stream,
                    day_number,
                    sum(cast(closed_rate as decimal(28, 12))) over (
                        partition by agreement_version, revenue_stream order by day_number
                    ) as closed_until
                from {{ ref("int_agreed_closing_days") }}
            ) as agreed
        where closed_until >= 0.5
        group by agreement_version, revenue_stream
    ),

    review_closing_medians as (
        select
            {{ review_columns() }},
            counts.revenue_stream,
            counts.lead_type,
            counts.from_stage,
            counts.to_stage,
            counts.horizon_days,
            ends.is_followed,
            ends.last_customers,
            sum(counts.members) as entered,
            sum(counts.reached) as converted,
            sum(counts.undecided) as undecided,
            {%- for name, part in {
                "low_days": "(0.5 - half_width)",
                "median_days": "0.5",
                "high_days": "(0.5 + half_width)",
            }.items() %}
                min(counts.followed_days) filter (
                    where counts.incidence > 0 and counts.incidence >= {{ part }} * ends.last_incidence
                ) as {{ name }},
            {%- endfor %}
            coalesce(
                sum(counts.members) filter (where counts.followed_days >= counts.horizon_days), 0
            ) as at_risk
        from review_closing_counts as counts
        inner join review_closing_ends as ends on counts.cohort_id = ends.cohort_id
        group by all
    ),

    review_closing_days as (
        select
            {{
                review_measure(
                    "closing_days",
                    {
                        "from_stage": "from_stage",
                        "to_stage": "to_stage",
                        "agreed_value": "agreed_days",
                        "entered": "entered",
                        "converted": "converted",
                        "undecided": "undecided",
                        "at_risk": "at_risk",
                        "horizon_days": "horizon_days",
                        "measured_value": "case when is_followed then median_days end",
                        "measured_low": "case when is_followed then low_days end",
                        "measured_high": "case when is_followed then high_days end",
                        "basis": review_basis(
                            {
                                is_few("last_customers"): "too few",
                                "undecided > entered * tolerance_rate": "too many undecided",
                                "not is_followed": "too early",
                            }
                        ),
                    },
                )
            }}
        from review_closing_medians
        left join review_agreed_closing using (agreement_version, revenue_stream)
    ),

    {{ review_stream_closing() }}
{%- endmacro %}

{#- The CTE `review_acceptance`: of the leads that sales has answered or sent away, those that it took. -#}
{% macro review_acceptance(build, versions) -%}
    review_answers as (select * from {{ ref("fct_measure_cases") }} where measure = 'acceptance_rate'),

    review_dated_answers as (
        {% call by_review_period("review_answers", "happened_date", build, versions) -%}
            coalesce(dated.revenue_stream, '(none)') as revenue_stream,
            coalesce(dated.lead_type, '(none)') as lead_type,
            dated.measured
        {%- endcall %}
    ),

    review_answered as (
        select
            {{ review_columns() }},
            revenue_stream,
            lead_type,
            count(*) as entered,
            count(measured) as answered,
            count(case when measured = 1 then 1 end) as accepted
        from review_dated_answers
        group by all
    ),

    review_acceptance as (
        select
            {{
                review_measure(
                    "acceptance_rate",
                    {
                        "entered": "entered",
                        "converted": "accepted",
                        "undecided": "entered - answered",
                        "measured_value": rounded("accepted / cast(nullif(answered, 0) as double)", 9),
                        "measured_low": rounded(
                            wilson_bound("accepted", "nullif(answered, 0)", "-", review_z()), 9
                        ),
                        "measured_high": rounded(
                            wilson_bound("accepted", "nullif(answered, 0)", "+", review_z()), 9
                        ),
                        "basis": review_basis(
                            {
                                is_few("entered"): "too few",
                                "entered - answered > entered * tolerance_rate": "too many undecided",
                            }
                        ),
                    },
                )
            }}
        from review_answered
    )
{%- endmacro %}

{#-
    The CTE `review_sums`: the size of a deal, and the margin of what was invoiced with its cost, by stream. A line whose
    margin is taken as agreed does not measure it. A deal size of which a few deals are a large part shows a tail.
-#}
{% macro review_sums(build, versions, streams) -%}
    review_lines as (
        select
            case cases.kpi when 'average_deal' then 'deal_size' else 'margin_rate' end as measure,
            cases.happened_date,
            coalesce(cases.revenue_stream, '(none)') as revenue_stream,
            coalesce(items.revenue_id, items.opportunity_id, cases.fact_id) as record_id,
            cases.numerator,
            cases.denominator
        from {{ ref("fct_kpi_cases") }} as cases
        left join {{ ref("fct_line_items") }} as items on cases.fact_id = items.line_id
        where
            cases.denominator is not null
            and (
                cases.kpi = 'average_deal'
                or (cases.kpi = 'gross_margin_rate' and items.cost_amount_reporting is not null)
            )
    ),

    -- The lines of an invoice are one case: their margins are alike.
    review_parts as (
        select
            measure,
            happened_date,
            revenue_stream,
            cast(sum(numerator) as double) as part,
            cast(sum(denominator) as double) as whole
        from review_lines
        group by measure, happened_date, revenue_stream, record_id
    ),

    review_dated_parts as (
        {% call by_review_period("review_parts", "happened_date", build, versions) -%}
            dated.revenue_stream,
            dated.measure,
            dated.part,
            dated.whole
        {%- endcall %}
    ),

    review_agreed_parts as (
        select
            parts.*,
            cast(
                case
                    parts.measure when 'deal_size' then streams.deal_size else streams.margin_rate
                end as double
            ) as agreed_value
        from review_dated_parts as parts
        left join
            {{ streams }} as streams
            on parts.agreement_version = streams.agreement_version
            and parts.revenue_stream = streams.revenue_stream
    ),

    review_summed as (
        select
            {{ review_columns() }},
            revenue_stream,
            measure,
            agreed_value,
            count(*) as cases,
            {{ ratio_figures("part", "whole", "agreed_value") }} as figures
        from review_agreed_parts
        group by all
    ),

    review_sums as (
        {%- for measure in ["deal_size", "margin_rate"] %}
            {%- set reasons = {is_few("cases"): "too few"} -%}
            {%- if measure == "deal_size" -%}
                {%- do reasons.update(
                    {"figures['largest_three'] > " ~ tail_rate(): "a tail is not a trend"}
                ) -%}
            {%- endif %}
            select
                {{
                    review_measure(
                        measure,
                        {
                            "lead_type": all_lead_types(),
                            "agreed_value": "agreed_value",
                            "entered": "cases",
                            "measured_value": "figures['ratio']",
                            "measured_low": "figures['low']",
                            "measured_high": "figures['high']",
                            "surprise_rate": "figures['surprise']",
                            "deviation": "figures['deviation']" if measure == "deal_size" else "null",
                            "largest_three_rate": (
                                "figures['largest_three']" if measure == "deal_size" else "null"
                            ),
                            "basis": review_basis(reasons),
                        },
                    )
                }}
            from review_summed
            where measure = '{{ measure }}'
            {% if not loop.last %}
                union all
            {% endif %}
        {%- endfor %}
    )
{%- endmacro %}
