-- How many of a cohort convert within a horizon, also while it is young. A lost journey may not convert any
-- more, but it still is one of those that could have.
with
    pairs as (select * from {{ ref("fct_stage_conversions") }}),

    build as (select * from {{ ref("dim_build") }}),

    -- Counted before a pair is taken into each of its cohorts.
    followed as (
        select
            {{ cohort_axes() }},
            cast(date_trunc('month', pairs.entered_date) as date) as entered_month,
            greatest(
                {{ days_apart("pairs.entered_date", "coalesce(pairs.reached_date, build.as_of_date)") }}, 0
            ) as followed_days,
            count(*) as members,
            count(reached_date) as reached
        from pairs
        cross join build
        group by all
    ),

    members as ({{ cohort_members("followed", "build", ["followed_days", "members", "reached"]) }}),

    days as (
        select
            {{ cohort_columns() }},
            followed_days,
            cast(sum(members) as bigint) as members,
            cast(sum(reached) as bigint) as reached
        from members
        group by all
    ),

    named as (select *, {{ cohort_id() }} as cohort_id from days),

    steps as ({{ incidence_steps("named") }}),

    side_by_side as (
        select
            cohort_id,
            {{ cohort_columns() }},
            sum(members) as entered,
            max(followed_days) as longest_days
            {%- for days in horizons() %}
                ,
                coalesce(sum(reached) filter (where followed_days <= {{ days }}), 0) as converted_{{ days }},
                coalesce(
                    sum(members - reached) filter (where followed_days < {{ days }}), 0
                ) as too_young_{{ days }},
                sum(log_step) filter (where followed_days <= {{ days }}) as log_remaining_{{ days }},
                sum(greenwood_step) filter (where followed_days <= {{ days }}) as greenwood_sum_{{ days }},
                count(*) filter (where followed_days <= {{ days }} and is_last) > 0 as is_exhausted_{{ days }}
            {%- endfor %}
        from steps
        group by all
    ),

    estimated as (
        {%- for days in horizons() %}
            select
                side_by_side.*,
                {{ days }} as horizon_days,
                converted_{{ days }} as converted,
                too_young_{{ days }} as censored,
                log_remaining_{{ days }} as log_remaining,
                greenwood_sum_{{ days }} as greenwood_sum,
                is_exhausted_{{ days }} as is_exhausted
            from side_by_side
            {% if not loop.last %}
                union all
            {% endif %}
        {%- endfor %}
    ),

    -- The interval is symmetric on the scale log(-log), so that it stays between 0 and 1.
    scaled as (
        select
            estimated.*,
            longest_days >= horizon_days as is_followed,
            -- For all time members still enter: that cohort ends with the as-of.
            {{
                days_apart(
                    "coalesce("
                    ~ add_months(
                        "estimated.cohort_date",
                        "case estimated.cohort_period when 'month' then 1 else 3 end",
                    )
                    ~ ", build.as_of_date)",
                    "build.as_of_date",
                )
            }} >= horizon_days as is_mature,
            {{ incidence_half_width(1.959963984540054) }} as half_width
        from estimated
        cross join build
    )

select
    cohort_id,
    cohort_period,
    cohort_date,
    segment_type,
    revenue_stream,
    lead_type,
    channel,
    owner_id,
    from_stage,
    to_stage,
    cast(horizon_days as double) as horizon_days,
    cast(entered as bigint) as entered,
    cast(converted as bigint) as converted,
    cast(censored as bigint) as censored,
    is_mature,
    {{ is_few("entered") }} as is_few,
    -- Rounded, because a sum of binary fractions depends on the order of the rows.
    {{ incidence_rate() }} as converted_rate,
    {{ incidence_bound("-", 1.96) }} as converted_rate_low,
    {{ incidence_bound("+", 1.96) }} as converted_rate_high
from scaled
