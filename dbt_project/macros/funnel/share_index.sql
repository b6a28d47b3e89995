{#-
    How often a part of the leads gets somewhere, against all of them: its rate divided by theirs, which is the same as its
    share of those that got there divided by its share of those that could. 1 is as often as all. `hits` of its `cases`
    got there, `all_hits` of `all_cases`. None of fewer cases than a rate is formed of, on either side.
-#}
{% macro share_index(hits, cases, all_hits, all_cases) -%}
    case
        when not {{ is_few(cases) }} and not {{ is_few(all_hits) }}
        then {{ hits }} / cast({{ cases }} as double) / ({{ all_hits }} / cast({{ all_cases }} as double))
    end
{%- endmacro %}

{#-
    A bound of its 95 % interval: that of the part's own rate (wilson_bound), divided by the rate of all. The rate of all
    contains the part, so the interval is somewhat too wide and never too narrow.
-#}
{% macro share_index_bound(hits, cases, all_hits, all_cases, sign) -%}
    case
        when not {{ is_few(cases) }} and not {{ is_few(all_hits) }}
        then {{ wilson_bound(hits, cases, sign) }} / ({{ all_hits }} / cast({{ all_cases }} as double))
    end
{%- endmacro %}

{#- A difference is named only where the interval excludes 1. -#}
{% macro share_finding(low, high, less, more) -%}
    case
        when {{ low }} is null
        then 'too few cases'
        when {{ high }} < 1
        then '{{ less }}'
        when {{ low }} > 1
        then '{{ more }}'
        else 'no difference found'
    end
{%- endmacro %}

{#-
    The journeys, each with whether it is mature, i.e. a lead that began as long before the as-of as nine in ten of those that
    became customers took, and whether it became one within that time: young ones have not had the time, and old ones more.
-#}
{% macro matured_journeys() -%}
    select
        journeys.*,
        not journeys.is_opened_by_sales
        and {{ minutes_between("journeys.entered_at", "build.as_of") }} / 1440 >= horizon.days as is_mature,
        not journeys.is_opened_by_sales
        and {{ minutes_between("journeys.entered_at", "build.as_of") }} / 1440 >= horizon.days
        and journeys.days_to_customer <= horizon.days as is_mature_customer
    from {{ ref("fct_journeys") }} as journeys
    cross join {{ ref("dim_build") }} as build
    cross join
        (
            select {{ quantile("days_to_customer", 0.9) }} as days
            from {{ ref("fct_journeys") }}
            where not is_opened_by_sales
        ) as horizon
{%- endmacro %}
