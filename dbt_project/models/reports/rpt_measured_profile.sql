-- Which companies and countries win more often than they come, beside the fit that the agreement sees in
-- them.
{%- set attributes = {
    "country": "coalesce(persons.country, accounts.country)",
    "segment": "accounts.segment_label",
    "company_size": company_size("accounts.employees"),
} %}
with
    journeys as (select * from ({{ matured_journeys() }}) as matured where not is_opened_by_sales),

    persons as (select * from {{ ref("dim_person") }}),

    accounts as (select * from {{ ref("dim_account") }}),

    scores as (select * from {{ ref("fct_person_scores") }} where is_current),

    profiles as (
        {% for attribute, value in attributes.items() %}
            select
                '{{ attribute }}' as attribute,
                nullif({{ trimmed(value) }}, '') as attribute_value,
                journeys.is_mature,
                journeys.is_mature_customer,
                cast({{ rounded("scores.fit_score", 6) }} as decimal(24, 6)) as fit_score
            from journeys
            inner join persons on journeys.person_id = persons.person_id
            left join accounts on journeys.account_id = accounts.account_id
            left join scores on journeys.person_id = scores.person_id {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    counted as (
        select
            attribute,
            coalesce(max(attribute_value), '(unknown)') as attribute_value,
            attribute_value is not null as is_known,
            count(*) as leads,
            count(*) filter (where is_mature) as mature_leads,
            count(*) filter (where is_mature_customer) as mature_customers,
            count(fit_score) as scored_leads,
            sum(fit_score) / cast(nullif(count(fit_score), 0) as double) as mean_fit_score
        from profiles
        group by attribute, lower(attribute_value), attribute_value is not null
    ),

    -- The unknown is compared with nothing: in many systems it is what nobody has filled in yet.
    totals as (
        select
            *,
            sum(leads) over (partition by attribute) as all_leads,
            sum(mature_leads) over by_known as all_mature_leads,
            sum(mature_customers) over by_known as all_mature_customers
        from counted
        window by_known as (partition by attribute, is_known)
    )

    {%- set of = ["mature_customers", "mature_leads", "all_mature_customers", "all_mature_leads"] %}

select
    attribute,
    attribute_value,
    is_known,
    leads,
    mature_leads,
    mature_customers,
    leads / cast(all_leads as double) as leads_share_rate,
    case
        when is_known then mature_leads / cast(nullif(all_mature_leads, 0) as double)
    end as mature_leads_share_rate,
    case
        when is_known then mature_customers / cast(nullif(all_mature_customers, 0) as double)
    end as mature_customers_share_rate,
    case when is_known then {{ share_index(*of) }} end as won_index,
    case when is_known then {{ share_index_bound(*of, sign="-") }} end as won_index_low,
    case when is_known then {{ share_index_bound(*of, sign="+") }} end as won_index_high,
    case
        when is_known
        then
            {{
                share_finding(
                    share_index_bound(*of, sign="-"),
                    share_index_bound(*of, sign="+"),
                    "attracts more than it wins",
                    "wins more than it attracts",
                )
            }}
    end as won_finding,
    scored_leads,
    mean_fit_score,
    row_number() over (
        partition by attribute order by is_known desc, mature_leads desc, leads desc, attribute_value
    ) as place
from totals
