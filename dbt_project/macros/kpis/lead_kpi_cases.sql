{#-
    The CTEs `cost_kpi_cases` and `lead_kpi_cases`: what leads cost, and how many became customers. A lead counts by the
    date of what it is counted for: when it entered, when it became an mql, when its account became a customer.
-#}
{% macro lead_kpi_cases() -%}
    {%- set of_leads = ["revenue_stream", "owner", "lead_type", "channel"] -%}
    {#- KPI: which costs, the event that is counted, and whether a lead is counted when it has become a customer only. -#}
    {%- set cost_kpis = {
        "cost_per_lead": ["has_costs", "entered", "1"],
        "ad_cost_per_lead": ["has_ad_spend", "entered", "1"],
        "cost_per_mql": ["has_costs", "mql", "1"],
        "customer_acquisition_cost": ["has_costs", "customer", "1"],
        "customer_acquisition_cost_cohort": [
            "has_costs",
            "entered",
            "case when is_new_customer then 1 else 0 end",
        ],
    } -%}
    {#- Of a month that the files of ads do not reach it is not known what it cost. -#}
    kpi_costs as (
        select
            cost_id,
            month_date,
            cost_kind,
            channel,
            case when is_known_month then amount_reporting end as amount_reporting
        from {{ ref("fct_costs") }}
    ),

    kpi_build as (select * from {{ ref("dim_build") }}),

    -- By the version in force when the lead came in.
    kpi_closing_days as ({{ closing_days() }}),

    kpi_leads as (
        select
            journeys.journey_id,
            journeys.entered_date,
            {{ local_date("journeys.mql_at") }} as mql_date,
            case
                when journeys.is_new_customer then {{ local_date("journeys.customer_at") }}
            end as customer_date,
            journeys.is_new_customer,
            journeys.is_opened_by_sales,
            journeys.revenue_stream,
            journeys.owner_id,
            journeys.lead_type,
            journeys.channel,
            {{ days_apart("journeys.entered_date", "kpi_build.as_of_date") }} as age_days,
            {{ days_apart("journeys.entered_date", local_date("journeys.customer_at")) }} as customer_days,
            coalesce(
                {{ days_apart("journeys.entered_date", "kpi_build.as_of_date") }}
                >= kpi_closing_days.closing_days,
                false
            ) as is_mature
        from {{ ref("fct_journeys") }} as journeys
        cross join kpi_build
        left join
            kpi_closing_days
            on journeys.agreement_version = kpi_closing_days.agreement_version
            and journeys.revenue_stream = kpi_closing_days.revenue_stream
            and journeys.lead_type = kpi_closing_days.lead_type
    ),

    {#- A deal that no lead led to: whether it is a customer that marketing's costs have won is not known. -#}
    kpi_deals_without_lead as (
        select opportunity_id, closed_date, revenue_stream, owner_id
        from {{ ref("fct_opportunities") }}
        where status = 'won' and is_new_business and journey_id is null
    ),

    kpi_costed_months as (
        select month_date, max(case when cost_kind = 'ad_spend' then 1 else 0 end) = 1 as has_ad_spend
        from kpi_costs
        where amount_reporting is not null and month_date is not null
        group by month_date
    ),

    {#- Where no cost has a date, all of them are of all the time. -#}
    kpi_dated_costs as (
        select count(month_date) = 0 and count(amount_reporting) > 0 as is_undated from kpi_costs
    ),

    kpi_lead_events as (
        {%- for event in ["entered", "mql", "customer"] %}
            select
                kpi_leads.*,
                '{{ event }}' as event,
                kpi_leads.{{ event }}_date as event_date,
                {{ kpi_cost_flags() }}
            from kpi_leads
            cross join kpi_dated_costs
            left join
                kpi_costed_months
                on cast(date_trunc('month', kpi_leads.{{ event }}_date) as date)
                = kpi_costed_months.month_date
            where
                kpi_leads.{{ event }}_date is not null
                {%- if event == "entered" %} and not kpi_leads.is_opened_by_sales {%- endif %}
                {{ "union all" if not loop.last }}
        {%- endfor %}
    ),

    cost_kpi_cases as (
        {%- for kpi, (has_costs, event, counted) in cost_kpis.items() %}
            select
                {{
                    kpi_case(
                        "'" ~ kpi ~ "'",
                        "cost_id",
                        "month_date",
                        numerator="amount_reporting",
                        axes=["channel"],
                    )
                }}
            from kpi_costs
            {%- if has_costs == "has_ad_spend" %} where cost_kind = 'ad_spend' {%- endif %}
            union all
            select
                {{
                    kpi_case(
                        "'" ~ kpi ~ "'",
                        "journey_id",
                        "event_date",
                        denominator="case when " ~ has_costs ~ " then " ~ counted ~ " end",
                        axes=of_leads,
                        is_mature="is_mature" if kpi == "customer_acquisition_cost_cohort" else "true",
                    )
                }}
            from kpi_lead_events
            where event = '{{ event }}'
            union all
        {%- endfor %}
        select
            {{
                kpi_case(
                    "'customer_acquisition_cost'",
                    "opportunity_id",
                    "closed_date",
                    axes=["revenue_stream", "owner"],
                )
            }}
        from kpi_deals_without_lead
    ),

    lead_kpi_cases as (
        select
            {{
                kpi_case(
                    "'lead_to_customer_rate'",
                    "journey_id || ':' || event",
                    "event_date",
                    numerator="case event when 'customer' then 1 else 0 end",
                    denominator="case event when 'customer' then 0 else 1 end",
                    axes=of_leads,
                )
            }}
        from kpi_lead_events
        where event <> 'mql' and not is_opened_by_sales
        union all
        select
            {{
                kpi_case(
                    "'lead_to_customer_rate'",
                    "opportunity_id",
                    "closed_date",
                    axes=["revenue_stream", "owner"],
                )
            }}
        from kpi_deals_without_lead
        union all
        select
            {{
                kpi_case(
                    "'lead_to_customer_rate_90d'",
                    "journey_id",
                    "entered_date",
                    numerator="case when age_days < 90 then null when customer_days >= 0 and customer_days <= 90 then 1 else 0 end",
                    denominator="case when age_days >= 90 then 1 end",
                    axes=of_leads,
                    is_mature="age_days >= 90",
                )
            }}
        from kpi_leads
        where not is_opened_by_sales
    )
{%- endmacro %}

{#- Whether the month of a case has costs, and ad spend, by the joined kpi_costed_months and kpi_dated_costs. -#}
{% macro kpi_cost_flags() -%}
    kpi_costed_months.month_date is not null or kpi_dated_costs.is_undated as has_costs,
    coalesce(kpi_costed_months.has_ad_spend, false) or kpi_dated_costs.is_undated as has_ad_spend
{%- endmacro %}
