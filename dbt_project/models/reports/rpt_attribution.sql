{%- set key = ["path_scope", "conversion", "attribution_model", "axis", "axis_value"] | join(", ") %}
with
    months as (select * from {{ ref("fct_attribution_axes") }}),

    models as (select * from {{ ref("dim_attribution_model") }}),

    latest as (select * from {{ latest_version() }} as versions),

    build as ({{ costs_until_now() }}),

    -- What the margin of all conversions until a month leaves of all costs until then.
    balanced as (
        select
            *,
            sum(coalesce(margin_amount, 0) - coalesce(cost_amount, 0)) over (
                partition by {{ key }} order by month_date nulls first rows unbounded preceding
            ) as balance
        from months
    ),

    dated as (
        select
            *,
            min(case when cost_amount > 0 then month_date end) over (
                partition by {{ key }}
            ) as first_cost_date,
            max(case when balance < 0 then month_date end) over (partition by {{ key }}) as last_short_date
        from balanced
    ),

    summed as (
        select
            {{ key }},
            sum(conversions) as conversions,
            cast(sum(attributed_amount) as decimal(24, 6)) as attributed_amount,
            cast(sum(ad_revenue_amount) as decimal(24, 6)) as ad_revenue_amount,
            cast(
                case when sum(credits_without_margin) = 0 then sum(margin_amount) end as decimal(24, 6)
            ) as margin_amount,
            cast(sum(cost_amount) as decimal(24, 6)) as cost_amount,
            cast(sum(ad_spend_amount) as decimal(24, 6)) as ad_spend_amount,
            max(case when month_date is null then 1 else 0 end) as has_undated,
            min(first_cost_date) as first_cost_date,
            min(
                case when month_date > coalesce(last_short_date, date '0001-01-01') then month_date end
            ) as covered_date
        from dated
        group by {{ key }}
    ),

    -- A channel or campaign that costs and gets no credit has no amount, which is known. What a month brings
    -- came by channels without a cost too, so it has no return.
    known as (
        select
            summed.*,
            build.are_costs_known and axis_value not in ('unknown', 'unattributed') as is_known,
            build.are_costs_known
            and axis_value not in ('unknown', 'unattributed')
            and axis <> 'month' as has_returns,
            {%- for name in ["attributed_amount", "ad_revenue_amount", "margin_amount"] %}
                case
                    when conversions = 0 and conversion in ('opportunity', 'won')
                    then coalesce({{ name }}, 0)
                    else {{ name }}
                end as {{ name }}_or_none
                {%- if not loop.last %},{% endif %}
            {%- endfor %}
        from summed
        cross join build
    )

select
    known.attribution_model,
    models.model_name,
    known.path_scope,
    known.conversion,
    known.axis,
    known.axis_value,
    models.model_number,
    known.attribution_model = latest.shown_model as is_shown_first,
    known.path_scope = latest.shown_path_scope as is_shown_scope,
    {{ rounded("known.conversions", 9) }} as conversions,
    known.attributed_amount_or_none as attributed_amount,
    known.ad_revenue_amount_or_none as ad_revenue_amount,
    known.margin_amount_or_none as margin_amount,
    known.cost_amount,
    known.ad_spend_amount,
    case
        when known.is_known
        then cast(known.cost_amount as double) / nullif({{ rounded("known.conversions", 9) }}, 0)
    end as cost_per_conversion,
    case
        when known.has_returns
        then cast(known.attributed_amount_or_none as double) / nullif(cast(known.cost_amount as double), 0)
    end as return_on_cost,
    case
        when known.is_known
        then
            cast(known.ad_revenue_amount_or_none as double) / nullif(cast(known.ad_spend_amount as double), 0)
    end as return_on_ad_spend,
    case
        when known.has_returns
        then
            cast(known.margin_amount_or_none - known.cost_amount as double)
            / nullif(cast(known.cost_amount as double), 0)
    end as return_on_investment,
    case
        when
            known.is_known
            and known.axis in ('channel', 'campaign')
            and known.conversion = 'won'
            and known.margin_amount is not null
            and known.has_undated = 0
            and known.covered_date is not null
        then
            cast(
                {{
                    months_between(
                        "known.first_cost_date", "greatest(known.covered_date, known.first_cost_date)"
                    )
                }} as integer
            )
    end as payback_months
from known
inner join models on known.attribution_model = models.attribution_model
cross join latest
