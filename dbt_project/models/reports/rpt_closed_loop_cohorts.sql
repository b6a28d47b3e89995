{#- What a cost has of the axes; none is of a content, persona, account size, lead type or stream. -#}
{%- set cost_axes = {
    "all": "'all'",
    "channel": "channel",
    "source": "source_label",
    "campaign": "coalesce(campaign, '(none)')",
} -%}
{%- set counts = ["leads", "mqls", "sqls", "opportunities", "customers", "mature_leads", "deals_won"] -%}

-- Leads by the month in which they came in, with what became of them; deals by the month of their close; and
-- beside both what the same months cost.
with
    journeys as (select * from {{ ref("fct_journeys") }}),

    axes as (select * from {{ ref("fct_journey_axes") }}),

    deals as (select * from {{ ref("fct_opportunities") }} where status = 'won' and is_new_business),

    costs as (select * from {{ ref("fct_costs") }}),

    build as (select * from {{ ref("dim_build") }}),

    closings as ({{ closing_days() }}),

    leads as (
        select
            journeys.*,
            cast(date_trunc('month', journeys.entered_date) as date) as month_date,
            cast(
                date_trunc('month', {{ utc_to_local("journeys.customer_at", build_zone()) }}) as date
            ) as customer_month_date,
            {{ days_apart("journeys.entered_date", "build.as_of_date") }}
            >= closings.closing_days as is_mature
        from journeys
        left join
            closings
            on journeys.agreement_version = closings.agreement_version
            and journeys.revenue_stream = closings.revenue_stream
            and journeys.lead_type = closings.lead_type
        cross join build
    ),

    won as (
        select
            deals.*,
            case when not leads.is_opened_by_sales then leads.month_date end as month_date,
            cast(date_trunc('month', deals.closed_date) as date) as closed_month_date
        from deals
        left join leads on deals.journey_id = leads.journey_id
    ),

    -- A deal without a journey is in every axis too.
    won_axes as (
        select won.*, axes.axis, axes.axis_value
        from won
        inner join axes on won.journey_id = axes.journey_id
        union all
        select
            won.*, places.axis, case places.axis when 'all' then 'all' else 'unattributed' end as axis_value
        from won
        cross join (values ('{{ closed_loop_axes() | join("'), ('") }}')) as places(axis)
        where won.journey_id is null
    ),

    facts as (
        select
            axes.axis,
            axes.axis_value,
            'lead' as month_of,
            leads.month_date,
            count(*) as leads,
            count(leads.mql_at) as mqls,
            count(leads.sql_at) as sqls,
            count(leads.opportunity_at) as opportunities,
            count(*) filter (where leads.is_new_customer) as customers,
            count(*) filter (where leads.is_mature) as mature_leads,
            0 as deals_won,
            cast(null as decimal(24, 6)) as won_amount,
            cast(null as decimal(24, 6)) as spent_amount,
            cast(null as integer) as is_known
        from leads
        inner join axes on leads.journey_id = axes.journey_id
        where not leads.is_opened_by_sales
        group by axes.axis, axes.axis_value, leads.month_date
        union all
        select
            axes.axis,
            axes.axis_value,
            'close',
            leads.customer_month_date,
            {{ "0, " * 4 }} count(*),
            {{ "0, " * 2 ~ "null, " * 2 }} null
        from leads
        inner join axes on leads.journey_id = axes.journey_id
        where leads.is_new_customer
        group by axes.axis, axes.axis_value, leads.customer_month_date
        {%- for month_of, month in {"lead": "month_date", "close": "closed_month_date"}.items() %}
            union all
            select
                axis,
                axis_value,
                '{{ month_of }}',
                {{ month }},
                {{ "0, " * 6 }} count(*),
                sum(amount_reporting),
                null,
                null
            from won_axes
            group by axis, axis_value, {{ month }}
            {%- for axis, column in cost_axes.items() %}
                union all
                select
                    '{{ axis }}',
                    {{ column }},
                    '{{ month_of }}',
                    month_date,
                    {{ "0, " * 7 }} null,
                    sum(amount_reporting),
                    min(case when is_known_month then 1 else 0 end)
                from costs
                group by {{ "month_date" if axis == "all" else column ~ ", month_date" }}
            {%- endfor %}
        {%- endfor %}
    ),

    summed as (
        select
            axis,
            axis_value,
            month_of,
            month_date,
            {%- for count in counts %} cast(sum({{ count }}) as bigint) as {{ count }}, {%- endfor %}
            cast(coalesce(sum(won_amount), 0) as decimal(24, 6)) as won_amount,
            cast(sum(spent_amount) as decimal(24, 6)) as spent_amount,
            cast(case when min(is_known) = 1 then sum(spent_amount) end as decimal(24, 6)) as known_amount
        from facts
        group by axis, axis_value, month_of, month_date
    )

select
    axis,
    axis_value,
    month_of,
    month_date,
    {%- for count in counts %} {{ count }}, {%- endfor %}
    won_amount,
    spent_amount,
    known_amount / nullif(cast(leads as double), 0) as cost_per_lead,
    known_amount / nullif(cast(customers as double), 0) as cost_per_customer
from summed
