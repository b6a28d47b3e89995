{#-
    The CTE `sources`: channels with known costs whose leads sales qualifies more, or less, often than those of the others
    within 30 days of the handoff, and at a lower, or higher, cost of each.
-#}
{% macro source_findings() -%}
    qualified_cases as (
        select
            pairs.entered_date,
            pairs.from_stage,
            pairs.channel,
            {{ days_apart("pairs.entered_date", "build.as_of_date") }} >= 30 as is_followed,
            coalesce(
                {{ days_apart("pairs.entered_date", "pairs.reached_date") }} <= 30, false
            ) as is_qualified
        from pairs
        cross join build
        where pairs.to_stage = 'sql' and pairs.channel is not null
    ),

    reviewed_channels as (
        {% call by_review_period("qualified_cases", "entered_date", "build", "versions") %}
            dated.channel, dated.from_stage, versions.handoff_stage, dated.is_followed, dated.is_qualified
        {% endcall %}
    ),

    reviewed_costs as (
        {% call by_review_period("costs", "month_date", "build", "versions") %}
            dated.channel, dated.month_date, case when dated.is_known_month then dated.amount_reporting end as amount_reporting
        {% endcall %}
    ),

    channel_costs as (
        select
            review_period,
            period_from,
            channel,
            sum(amount_reporting) as cost_amount,
            count(distinct month_date) as months,
            count(*) - count(amount_reporting) as unpriced
        from reviewed_costs
        group by review_period, period_from, channel
    ),

    channel_counts as (
        select
            {{ review_columns() }},
            channel,
            count(*) as entered,
            count(*) filter (where is_followed) as followed,
            count(*) filter (where is_followed and is_qualified) as qualified
        from reviewed_channels
        where from_stage = handoff_stage
        group by {{ review_columns() }}, channel
    ),

    channel_sums as (
        select
            channel_counts.*,
            case
                when {{ is_whole_period("channel_costs.months") }} and channel_costs.unpriced = 0
                then channel_costs.cost_amount
            end as cost_amount,
            (sum(followed) over period_rows) - followed as other_followed,
            (sum(qualified) over period_rows) - qualified as other_qualified
        from channel_counts
        left join channel_costs using (review_period, period_from, channel)
        window period_rows as (partition by review_period, period_from)
    ),

    {#- All that entered are as often qualified as those that were followed. -#}
    channel_rates as (
        select
            *,
            {{ wilson_bound("qualified", "followed", "-", finding_z()) }} as rate_low,
            {{ wilson_bound("qualified", "followed", "+", finding_z()) }} as rate_high,
            {{ share_of_cases("other_qualified", "other_followed") }} as other_rate,
            {{ share_of_cases("entered * qualified", "followed") }} as expected
        from channel_sums
        where not {{ is_few("followed") }} and not {{ is_few("other_followed") }}
    ),

    channels_with_cost as (
        select
            *,
            (sum(cost_amount) over cost_rows) - cost_amount as other_cost_amount,
            {{ rounded("(sum(cast(expected as decimal(28, 12))) over cost_rows) - expected", 9) }}
            as other_expected
        from channel_rates
        where cost_amount > 0
        window cost_rows as (partition by review_period, period_from)
    ),

    compared_channels as (
        select
            *,
            case
                when rate_low > other_rate and cost_amount * other_expected < other_cost_amount * expected
                then 'grow'
                when rate_high < other_rate and cost_amount * other_expected > other_cost_amount * expected
                then 'stop'
            end as proposal
        from channels_with_cost
        where other_expected > 0
    ),

    sources as (
        select
            {{
                finding(
                    "source",
                    ["replace(lower(channel), ' ', '_')"],
                    {
                        "result": "proposal",
                        "team": "'marketing'",
                        "about": "channel",
                        "cases": "followed",
                        "unit": "'share'",
                        "value": share_of_cases("qualified", "followed"),
                        "value_low": "rate_low",
                        "value_high": "rate_high",
                        "compared_value": "other_rate",
                        "amount_reporting": "cost_amount",
                    },
                )
            }}
        from compared_channels
        where proposal is not null
    )
{%- endmacro %}
