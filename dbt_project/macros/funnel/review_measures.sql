{#- A measure of a stream as a whole has it instead of a lead type. -#}
{% macro all_lead_types() -%} '(all)' {%- endmacro %}

{#- A larger share of the sum in the three largest deals is a tail, which shows no trend. -#}
{% macro tail_rate() -%} {{ return(0.3) }} {%- endmacro %}

{#- z of the 90 % interval of a review. -#}
{% macro review_z() -%} {{ return(1.644854) }} {%- endmacro %}

{#- The columns of fct_review_measures, for `select` from whatever has the figures of one measure; `figures` are by column. -#}
{% macro review_measure(measure, figures) -%}
    {%- set columns = {
        "step_number": "integer",
        "from_stage": "string",
        "to_stage": "string",
        "agreed_value": "double",
        "entered": "bigint",
        "converted": "bigint",
        "undecided": "bigint",
        "at_risk": "bigint",
        "horizon_days": "double",
        "within_horizon_rate": "double",
        "effective_entered": "double",
        "coverage_rate": "double",
        "measured_value": "double",
        "measured_low": "double",
        "measured_high": "double",
        "surprise_rate": "double",
        "closed_rate": "double",
        "agreed_closed_rate": "double",
        "deviation": "double",
        "largest_three_rate": "double",
        "basis": "string",
    } -%}
    review_period,
    period_from,
    period_to,
    agreement_version,
    revenue_stream,
    {{ figures.get("lead_type", "lead_type") }} as lead_type,
    '{{ measure }}' as review_measure
    {%- for column, type in columns.items() %}
        , cast({{ figures.get(column, "null") }} as {{ type }}) as {{ column }}
    {%- endfor %}
{%- endmacro %}

{#-
    The CTE `review_rates`: each step of the agreed chain. An agreed rate has no horizon, so what the conversions of the
    step show to come after the horizon is added: the incidence is divided by the share of them that it holds.
-#}
{% macro review_rates(days, targets) -%}
    {%- set bounds = {} -%}
    {%- for name, sign in {"low": "-", "high": "+"}.items() -%}
        {%- do bounds.update(
            {
                name: "coalesce("
                ~ incidence_bound(sign, review_z())
                ~ ", case when is_exhausted then "
                ~ (
                    "1"
                    if name == "high"
                    else wilson_bound("followed", "followed", "-", review_z())
                )
                ~ " end) / within_rate"
            }
        ) -%}
    {%- endfor -%}
    review_sums_of_days as (
        select
            {{ review_columns() }},
            days.revenue_stream,
            days.lead_type,
            days.from_stage,
            days.to_stage,
            days.horizon_days,
            days.within_horizon_rate,
            coalesce(nullif(days.within_horizon_rate, 0), 1) as within_rate,
            max(days.followed_days) as longest_days,
            sum(days.members) as entered,
            sum(days.reached) as converted_ever,
            coalesce(
                sum(days.reached) filter (where days.followed_days <= days.horizon_days), 0
            ) as converted,
            sum(days.undecided) as undecided,
            coalesce(sum(days.members) filter (where days.followed_days >= days.horizon_days), 0) as at_risk,
            coalesce(
                sum(days.members - days.reached) filter (where days.followed_days < days.horizon_days), 0
            ) as censored,
            {{ rounded("sum(days.log_step) filter (where days.followed_days <= days.horizon_days)", 12) }}
            as log_remaining,
            {{
                rounded(
                    "sum(days.greenwood_step) filter (where days.followed_days <= days.horizon_days)", 12
                )
            }} as greenwood_sum,
            count(*) filter (where days.followed_days <= days.horizon_days and days.is_last) > 0 as has_last
        from {{ days }} as days
        group by all
    ),

    {#- Where the last one at risk converted, but younger ones did not so far, everybody would seem to convert. -#}
    review_cohorts as (
        select
            *,
            has_last and censored = 0 as is_exhausted,
            (longest_days >= horizon_days or has_last) and (not has_last or censored = 0) as is_followed
        from review_sums_of_days
    ),

    review_agreed_types as (
        select distinct agreement_version, revenue_stream, lead_type, true as is_agreed from {{ targets }}
    ),

    {#- A lead without an agreed type is in no rate, and how it would have converted is not known. -#}
    review_covered as (
        select
            cohorts.*,
            cohorts.entered - cohorts.censored as followed,
            {{ incidence_half_width(review_z()) }} as half_width,
            {{ incidence_rate() }} as incidence_rate,
            sum(case when agreed.is_agreed then cohorts.entered else 0 end) over step_rows
            / cast(sum(cohorts.entered) over step_rows as double) as coverage_rate
        from review_cohorts as cohorts
        left join review_agreed_types as agreed using (agreement_version, revenue_stream, lead_type)
        window step_rows as (partition by review_period, period_from, agreement_version, from_stage, to_stage)
    ),

    review_estimated as (
        select
            covered.*,
            targets.step_number,
            targets.agreed_rate,
            covered.incidence_rate / covered.within_rate as measured_rate,
            {{ bounds["low"] }} as measured_low,
            {{ bounds["high"] }} as measured_high,
            {#- As many journeys without censoring give the same variance. -#}
            case
                when not covered.is_followed
                then null
                when covered.half_width > 0
                then covered.incidence_rate / (1 - covered.incidence_rate) / covered.greenwood_sum
                else covered.followed
            end as effective_entered
        from review_covered as covered
        inner join
            {{ targets }} as targets
            on covered.agreement_version = targets.agreement_version
            and covered.revenue_stream = targets.revenue_stream
            and covered.lead_type = targets.lead_type
            and covered.from_stage = targets.stage
            and covered.to_stage = targets.next_stage
    ),

    review_rates as (
        select
            {{
                review_measure(
                    "step_rate",
                    {
                        "step_number": "step_number",
                        "from_stage": "from_stage",
                        "to_stage": "to_stage",
                        "agreed_value": "agreed_rate",
                        "entered": "entered",
                        "converted": "converted_ever",
                        "undecided": "undecided",
                        "at_risk": "at_risk",
                        "horizon_days": "horizon_days",
                        "within_horizon_rate": "within_horizon_rate",
                        "effective_entered": rounded("effective_entered", 6),
                        "coverage_rate": "coverage_rate",
                        "measured_value": at_most_one("measured_rate"),
                        "measured_low": at_most_one("measured_low"),
                        "measured_high": at_most_one("measured_high"),
                        "basis": review_basis(
                            {
                                is_too_little(
                                    "coverage_rate", "known_share_rate"
                                ): "too many without a lead type",
                                "undecided > entered * tolerance_rate": "too many undecided",
                                is_few("entered"): "too few",
                                "converted_ever = 0": "none converted",
                                "measured_rate is null": "too early",
                            }
                        ),
                    },
                )
            }}
        from review_estimated
    )
{%- endmacro %}

{#- A share that a division may have taken above 1; null stays null, which `least` would not keep. -#}
{% macro at_most_one(share) -%}
    case when {{ share }} > 1 then 1 else {{ rounded(share, 9) }} end
{%- endmacro %}

{#- Why the agreed figure stays, by the first condition that holds; without one the measured figure may set a target. -#}
{% macro review_basis(reasons) -%}
    case
        {%- for condition, reason in reasons.items() %}
            when {{ condition }} then 'agreed: {{ reason }}'
        {% endfor %}
        else 'measured'
    end
{%- endmacro %}
