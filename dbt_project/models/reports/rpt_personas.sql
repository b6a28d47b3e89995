-- Whom marketing attracts against whom sales accepts, and who buys and stays, by persona.
{%- set sums = (
    "touches touched_persons leads leads_without_title mqls answered accepted opportunities customers "
    ~ "deals_won mature_leads mature_customers subscribers stayed"
).split() %}
{%- set steps = "touched_persons leads mqls accepted opportunities customers won_amount".split() %}
{%- set findings = {
    "accepted": ["accepted", "answered", "is accepted less often", "is accepted more often"],
    "won": [
        "mature_customers",
        "mature_leads",
        "attracts more than it wins",
        "wins more than it attracts",
    ],
    "stayed": ["stayed", "subscribers", "leaves more often", "stays more often"],
} %}
with
    persons as (select * from {{ ref("dim_person") }}),

    touchpoints as (
        select * from {{ ref("fct_touchpoints") }} where coalesce(touch_label, '') <> 'machine open'
    ),

    journeys as ({{ matured_journeys() }}),

    handoffs as (select * from {{ ref("fct_handoffs") }} where answer in ('accepted', 'rejected')),

    deals as (select * from {{ ref("fct_opportunities") }} where status = 'won' and is_new_business),

    subscriptions as (select * from {{ ref("fct_subscriptions") }} where not is_trial),

    begun as (select account_id, min(started_date) as started_date from subscriptions group by account_id),

    -- Of each account that has had half a year since its first paid subscription: whether one ran then.
    subscribers as (
        select
            begun.account_id,
            max(
                case
                    when {{ days_apart("begun.started_date", "subscriptions.started_date") }} > 180
                    then 0
                    when {{ days_apart("begun.started_date", "subscriptions.ended_date") }} <= 180
                    then 0
                    else 1
                end
            ) as stayed
        from begun
        inner join
            {{ ref("dim_build") }} as build
            on {{ days_apart("begun.started_date", "build.as_of_date") }} >= 180
        inner join subscriptions on begun.account_id = subscriptions.account_id
        group by begun.account_id
    ),

    touched as (
        select
            coalesce(persons.persona, 'unknown') as persona,
            count(*) as touches,
            count(distinct touchpoints.person_id) as touched_persons
        from touchpoints
        left join persons on touchpoints.person_id = persons.person_id
        group by coalesce(persons.persona, 'unknown')
    ),

    led as (
        select
            journeys.persona,
            count(*) filter (where not journeys.is_opened_by_sales) as leads,
            count(*) filter (where not is_opened_by_sales and not has_job_title) as leads_without_title,
            count(journeys.mql_at) as mqls,
            count(handoffs.journey_id) as answered,
            count(*) filter (where handoffs.answer = 'accepted') as accepted,
            count(journeys.opportunity_at) as opportunities,
            count(*) filter (where journeys.is_new_customer) as customers,
            -- Where a title is filled in once a deal is near, leads with one win more, of any persona.
            count(*) filter (where persons.has_job_title and journeys.is_mature) as mature_leads,
            count(*) filter (where persons.has_job_title and journeys.is_mature_customer) as mature_customers,
            count(subscribers.account_id) filter (where journeys.is_new_customer) as subscribers,
            count(*) filter (where journeys.is_new_customer and subscribers.stayed = 1) as stayed
        from journeys
        inner join persons on journeys.person_id = persons.person_id
        left join handoffs on journeys.journey_id = handoffs.journey_id
        left join subscribers on journeys.account_id = subscribers.account_id
        group by journeys.persona
    ),

    won as (
        select
            coalesce(journeys.persona, persons.persona, 'unknown') as persona,
            count(*) as deals_won,
            cast(sum(deals.amount_reporting) as decimal(24, 6)) as won_amount
        from deals
        left join journeys on deals.journey_id = journeys.journey_id
        left join persons on deals.person_id = persons.person_id
        group by coalesce(journeys.persona, persons.persona, 'unknown')
    ),

    listed as (
        select persona, persona_name, persona_number
        from {{ ref("dim_persona") }}
        union all
        select 'unknown' as persona, 'None of them, or unknown' as persona_name, null as persona_number
    ),

    counted as (
        select
            listed.*,
            {%- for each in sums %} coalesce({{ each }}, 0) as {{ each }},{% endfor %}
            cast(coalesce(won.won_amount, 0) as decimal(24, 6)) as won_amount,
            (select count(*) from subscriptions) > 0 as has_subscriptions
        from listed
        left join touched on listed.persona = touched.persona
        left join led on listed.persona = led.persona
        left join won on listed.persona = won.persona
    ),

    -- No `over ()`: behind a union it may end DuckDB 1.5 (duckdb/duckdb#25713).
    totals as (
        select
            {%- for each in sums + ["won_amount"] %}
                sum({{ each }}) as all_{{ each }} {{- "," if not loop.last }}
            {%- endfor %}
        from counted
    )

select
    persona,
    persona_name,
    persona_number,
    {%- for each in sums if each not in ["subscribers", "stayed"] %} {{ each }},{% endfor %}
    -- Who stays is known of subscriptions alone.
    {%- for each in ["subscribers", "stayed"] %}
        case when has_subscriptions then {{ each }} end as {{ each }},
    {%- endfor %}
    won_amount,
    {%- for each in steps %}
        {{ each }} / cast(nullif(all_{{ each }}, 0) as double) as {{ each }}_share_rate,
    {%- endfor %}
    {%- for step, (hits, cases, less, more) in findings.items() %}
        {%- set of = [hits, cases, "all_" ~ hits, "all_" ~ cases] %}
        {{ share_index(*of) }} as {{ step }}_index,
        {{ share_index_bound(*of, sign="-") }} as {{ step }}_index_low,
        {{ share_index_bound(*of, sign="+") }} as {{ step }}_index_high,
        {{ share_finding(share_index_bound(*of, sign="-"), share_index_bound(*of, sign="+"), less, more) }}
        as {{ step }}_finding
        {{- "," if not loop.last }}
    {%- endfor %}
from counted
cross join totals
