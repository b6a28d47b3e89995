-- Revenue by what was sold, where, by whom and to whom; every axis adds up to all of it.
{%- set axes = ["product", "product_group", "territory", "owner", "revenue_stream", "account"] %}
with
    lines as (select * from {{ ref("fct_line_items") }} where record_type = 'revenue'),

    revenue as (select * from {{ ref("fct_revenue") }}),

    opportunities as (select * from {{ ref("fct_opportunities") }}),

    accounts as (select * from {{ ref("dim_account") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    streams as (select * from {{ ref("dim_revenue_stream") }}),

    described as (
        select
            cast(date_trunc('month', revenue.revenue_date) as date) as month_date,
            lines.revenue_id,
            lines.amount_reporting as amount,
            lines.cost_amount_reporting as cost_amount,
            cast(streams.margin_rate as decimal(9, 6)) as margin_rate,
            lines.product,
            coalesce(lines.product_group, 'unknown') as product_group,
            coalesce(accounts.territory, 'unknown') as territory,
            coalesce(opportunities.owner_id, 'unknown') as owner,
            coalesce(opportunities.revenue_stream, 'unknown') as revenue_stream,
            coalesce(lines.account_id, 'unknown') as account
        from lines
        inner join revenue on lines.revenue_id = revenue.revenue_id
        left join opportunities on lines.opportunity_id = opportunities.opportunity_id
        left join accounts on lines.account_id = accounts.account_id
        left join
            versions
            on revenue.revenue_date >= versions.effective_from
            and revenue.revenue_date <= coalesce(versions.effective_to, date '9999-12-31')
        left join
            streams
            on versions.agreement_version = streams.agreement_version
            and opportunities.revenue_stream = streams.revenue_stream
    ),

    parts as (
        select 'all' as axis, cast(null as string) as part, described.*
        from described
        {% for axis in axes %}
            union all
            select '{{ axis }}' as axis, {{ axis }} as part, described.*
            from described
        {% endfor %}
    )

select
    axis,
    part,
    month_date,
    count(distinct revenue_id) as revenue_lines,
    cast(sum(amount) as decimal(24, 6)) as revenue_amount,
    -- The cost of the line where it came, else the margin that is agreed for the stream.
    cast(
        sum(
            case
                when cost_amount is not null
                then amount - cost_amount
                else cast(amount * margin_rate as decimal(24, 6))
            end
        ) as decimal(24, 6)
    ) as margin_amount,
    cast(sum(case when cost_amount is not null then amount end) as decimal(24, 6)) as costed_amount,
    cast(
        sum(case when cost_amount is null and margin_rate is not null then amount end) as decimal(24, 6)
    ) as agreed_margin_revenue_amount,
    cast(
        sum(case when cost_amount is null and margin_rate is null then amount end) as decimal(24, 6)
    ) as unknown_margin_revenue_amount
from parts
group by axis, part, month_date
