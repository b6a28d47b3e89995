{%- set keys = "commitment, activity_class, within_days, comparison, reference_band, compared_band" -%}
{%- set comparisons = {
    "response time": ["band", "within 1 h"],
    "agreed time": ["agreed_band", "in time"],
    "arrival": ["arrival", "weekday"],
} -%}
{#- Who has no answer, or whose answer has no time, is counted and compared with nothing. -#}
{%- set uncompared = "('not answered', 'before the start', 'not known')" -%}

with
    answers as (select * from {{ ref("fct_first_answers") }}),

    build as (select * from {{ ref("dim_build") }}),

    -- Each stratum is compared within itself.
    leads as (
        select
            answers.*,
            {{ minutes_between("answers.started_at", "answers.customer_at") }} / 1440 as customer_days,
            {{ minutes_between("answers.started_at", "build.as_of") }} / 1440 as followed_days,
            concat_ws(
                '|',
                coalesce(grade, '(none)'),
                coalesce(revenue_stream, '(none)'),
                coalesce(lead_type, '(none)'),
                cast(floor(started_hour / 6) as string)
            ) as stratum
        from answers
        cross join build
    ),

    compared as (
        {%- for comparison, (column, reference) in comparisons.items() %}
            select
                leads.*,
                '{{ comparison }}' as comparison,
                leads.{{ column }} as compared_band,
                '{{ reference }}' as reference_band
            from leads
            {% if not loop.last %}
                union all
            {% endif %}
        {%- endfor %}
    ),

    members as (
        select
            compared.*,
            horizons.within_days,
            followed_days >= horizons.within_days as is_mature,
            coalesce(customer_days >= 0 and customer_days <= horizons.within_days, false) as is_converted
        from compared
        cross join (values ({{ horizons() | join("), (") }})) as horizons(within_days)
    ),

    bands as (
        select
            {{ keys }},
            {{ quantile("answer_minutes", 0.5) }} as median_minutes,
            {{ quantile("answer_business_minutes", 0.5) }} as median_business_minutes,
            count(*) filter (where not is_mature) as censored
        from members
        group by {{ keys }}
    ),

    strata as (
        select
            {{ keys }},
            stratum,
            count(*) as leads,
            count(*) filter (where is_converted) as converted,
            count(deal_amount) as valued,
            sum(deal_amount) as valued_amount
        from members
        where is_mature
        group by {{ keys }}, stratum
    ),

    pairs as (
        select
            strata.*,
            case when strata.compared_band not in {{ uncompared }} then faster.leads end as faster_leads,
            faster.converted as faster_converted
        from strata
        left join
            strata as faster
            on strata.commitment = faster.commitment
            and strata.activity_class = faster.activity_class
            and strata.within_days = faster.within_days
            and strata.comparison = faster.comparison
            and strata.stratum = faster.stratum
            and strata.reference_band = faster.compared_band
            and strata.compared_band <> faster.compared_band
    ),

    summed as (
        select
            {{ keys }},
            {%- for count in ["leads", "converted", "valued"] %}
                cast(sum({{ count }}) as bigint) as {{ count }},
            {%- endfor %}
            cast(sum(valued_amount) as decimal(24, 6)) as at_stake_amount,
            {{ is_few("least(sum(leads), coalesce(sum(faster_leads), sum(leads)))") }} as is_few,
            {{ stratified_sums("faster_leads", "faster_converted", "leads", "converted") }}
        from pairs
        group by {{ keys }}
    ),

    estimated as (select *, {{ stratified_columns() }} from summed)

select
    bands.commitment,
    bands.activity_class,
    cast(bands.within_days as double) as within_days,
    bands.comparison,
    bands.compared_band as band,
    bands.reference_band,
    coalesce(leads, 0) as leads,
    coalesce(converted, 0) as converted,
    bands.censored,
    bands.median_minutes,
    bands.median_business_minutes,
    coalesce(is_few, true) as is_few,
    converted / cast(leads as double) as converted_rate,
    {{ rounded(wilson_bound("converted", "leads", "-"), 9) }} as converted_rate_low,
    {{ rounded(wilson_bound("converted", "leads", "+"), 9) }} as converted_rate_high,
    difference_rate,
    difference_rate_low,
    difference_rate_high,
    coalesce(valued, 0) as valued,
    at_stake_amount
    {%- for name, bound in {"lost": "", "lost_low": "_low", "lost_high": "_high"}.items() %}
        ,
        case
            when difference_rate_low is not null
            then {{ rounded("difference_rate" ~ bound ~ " * cast(at_stake_amount as double)", 2) }}
        end as {{ name }}_amount
    {%- endfor %}
from bands
left join
    estimated
    on bands.commitment = estimated.commitment
    and bands.activity_class = estimated.activity_class
    and bands.within_days = estimated.within_days
    and bands.comparison = estimated.comparison
    and bands.compared_band = estimated.compared_band
