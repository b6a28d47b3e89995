{#- Days within which a return counts; a lead that returns later was handed over already, and comes as a new one. -#}
{%- set horizon = 90 -%}
{%- set splits = {"age": "age", "reason": "reason", "stage": "stage", "stream": "revenue_stream"} -%}
{%- set sums -%}
    count(*) as recycled,
    count(waiting_id) as waiting,
    cast(sum(cast(worth_amount as decimal(18, 4))) as double) as worth_amount,
    count(worth_amount) as valued,
    count(warmed_up_at) as warmed_up,
    count(*) filter (where has_opted_out) as opted_out,
    count(*) filter (where is_mature) as mature,
    count(*) filter (where is_mature and is_returned) as returned
{%- endset -%}

with
    recycled as (select * from {{ ref("fct_recycled_journeys") }}),

    leads as (select * from {{ ref("rpt_recycled_leads") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    build as (select * from {{ ref("dim_build") }}),

    placed as (
        select
            leads.journey_id as waiting_id,
            leads.worth_amount,
            leads.warmed_up_at,
            leads.has_opted_out,
            leads.age,
            leads.age_days,
            coalesce(recycled.outcome_reason, '(no reason)') as reason,
            journeys.stage,
            coalesce(journeys.revenue_stream, '(none)') as revenue_stream,
            {{ days_apart("recycled.recycled_date", "build.as_of_date") }} >= {{ horizon }} as is_mature,
            coalesce(
                {{ days_apart("recycled.recycled_date", "recycled.returned_date") }} <= {{ horizon }}, false
            ) as is_returned
        from recycled
        inner join journeys on recycled.journey_id = journeys.journey_id
        left join leads on recycled.journey_id = leads.journey_id
        cross join build
    ),

    parts as (
        select 'all' as split, cast(null as string) as part, max(age_days) as most_days, {{ sums }}
        from placed
        {%- for split, column in splits.items() %}
            union all
            select '{{ split }}' as split, {{ column }} as part, max(age_days) as most_days, {{ sums }}
            from placed
            where {{ column }} is not null
            group by {{ column }}
        {%- endfor %}
    )

select
    split,
    part,
    recycled,
    waiting,
    valued,
    worth_amount,
    warmed_up,
    opted_out,
    most_days,
    -- Who waits has not returned: by age there is no rate.
    case when split <> 'age' then mature end as mature,
    case when split <> 'age' then returned end as returned,
    case when split <> 'age' then returned / cast(nullif(mature, 0) as double) end as returned_rate,
    case
        when split <> 'age' and mature > 0 then {{ rounded(wilson_bound("returned", "mature", "-"), 9) }}
    end as returned_rate_low,
    case
        when split <> 'age' and mature > 0 then {{ rounded(wilson_bound("returned", "mature", "+"), 9) }}
    end as returned_rate_high,
    row_number() over (
        partition by split order by case when split = 'age' then most_days else waiting end desc, part
    ) as place
from parts
