{%- set axes = {
    "channel": "channel",
    "campaign": "campaign",
    "content": "content_name",
    "lead_type": "lead_type",
    "revenue_stream": "revenue_stream",
    "month": "coalesce(substring(cast(month_date as string), 1, 7), 'unknown')",
} %}
{%- set sums = {
    "conversions": "conversions",
    "attributed_amount": "attributed_amount",
    "revenue_amount": "revenue_amount",
    "ad_revenue_amount": "revenue_amount * of_ads",
    "margin_amount": "margin_amount",
    "credits_without_margin": "credits_without_margin",
} %}
{%- set kind = "path_scope, conversion, attribution_model" %}
with
    attribution as (select * from {{ ref("fct_attribution") }}),

    touchpoints as (select * from {{ ref("fct_touchpoints") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    opportunities as (select * from {{ ref("fct_opportunities") }}),

    streams as (select * from {{ ref("dim_revenue_stream") }}),

    spent as (
        select
            models.attribution_model,
            costs.channel,
            coalesce(costs.campaign, 'unknown') as campaign,
            costs.month_date,
            sum(costs.amount_reporting) as cost_amount,
            sum(case when costs.cost_kind = 'ad_spend' then costs.amount_reporting end) as ad_spend_amount
        from {{ ref("known_attribution_models") }} as models
        cross join {{ ref("fct_costs") }} as costs
        group by 1, 2, 3, 4
    ),

    advertised as (select distinct channel from spent where ad_spend_amount is not null),

    described as (
        select
            paths.path_id,
            paths.attributed_amount = paths.booked_amount as is_of_revenue,
            paths.booked_amount,
            cast(streams.margin_rate as decimal(9, 6)) as margin_rate,
            coalesce(journeys.lead_type, 'unknown') as lead_type,
            coalesce(opportunities.revenue_stream, journeys.revenue_stream, 'unknown') as revenue_stream,
            cast(date_trunc('month', {{ local_date("paths.converted_at") }}) as date) as month_date
        from {{ ref("fct_attribution_paths") }} as paths
        left join journeys on paths.journey_id = journeys.journey_id
        left join opportunities on paths.opportunity_id = opportunities.opportunity_id
        left join
            streams
            on paths.agreement_version = streams.agreement_version
            and opportunities.revenue_stream = streams.revenue_stream
        where paths.path_status = 'converted'
    ),

    -- What is attributed is the revenue or the margin of it, as agreed; the other one follows from it. Of ads
    -- is the revenue of the channels that have ads.
    credited as (
        select
            attribution.path_scope,
            attribution.conversion,
            attribution.attribution_model,
            attribution.channel,
            {%- for column in ["campaign", "content_name"] %}
                case
                    when attribution.touchpoint_id is null
                    then 'unattributed'
                    else coalesce(touchpoints.{{ column }}, 'unknown')
                end as {{ column }},
            {%- endfor %}
            described.lead_type,
            described.revenue_stream,
            described.month_date,
            attribution.credit as conversions,
            attribution.attributed_amount,
            case
                when described.is_of_revenue
                then attribution.attributed_amount
                else cast({{ rounded("attribution.credit * described.booked_amount", 6) }} as decimal(24, 6))
            end as revenue_amount,
            case when advertised.channel is null then 0 else 1 end as of_ads,
            case
                when not described.is_of_revenue
                then attribution.attributed_amount
                else cast(attribution.attributed_amount * described.margin_rate as decimal(24, 6))
            end as margin_amount,
            case
                when described.booked_amount is not null and described.margin_rate is null then 1 else 0
            end as credits_without_margin
        from attribution
        inner join described on attribution.path_id = described.path_id
        left join touchpoints on attribution.touchpoint_id = touchpoints.touchpoint_id
        left join advertised on attribution.channel = advertised.channel
    ),

    placed as (
        {%- for axis, column in axes.items() %}
            select
                {{ kind }},
                '{{ axis }}' as axis,
                {{ column }} as axis_value,
                month_date,
                {%- for name, sum in sums.items() %} {{ sum }} as {{ name }}, {%- endfor %}
                cast(null as decimal(24, 6)) as cost_amount,
                cast(null as decimal(24, 6)) as ad_spend_amount
            from credited
            union all
        {%- endfor %}
        {%- for axis in ["channel", "campaign", "month"] %}
            select
                answered.*,
                '{{ axis }}' as axis,
                {{ axes[axis] }} as axis_value,
                spent.month_date,
                {%- for name in sums %} null as {{ name }}, {%- endfor %}
                spent.cost_amount,
                spent.ad_spend_amount
            from (select distinct {{ kind }} from credited) as answered
            inner join
                spent on answered.attribution_model = spent.attribution_model
                {{ "union all" if not loop.last }}
        {%- endfor %}
    )

select
    {{ kind }},
    axis,
    axis_value,
    month_date,
    cast(coalesce(sum(conversions), 0) as decimal(24, 12)) as conversions,
    {%- for name in [
        "attributed_amount",
        "revenue_amount",
        "ad_revenue_amount",
        "margin_amount",
        "cost_amount",
        "ad_spend_amount",
    ] %}
        cast(sum({{ name }}) as decimal(24, 6)) as {{ name }},
    {%- endfor %}
    cast(coalesce(sum(credits_without_margin), 0) as bigint) as credits_without_margin
from placed
group by {{ kind }}, axis, axis_value, month_date
