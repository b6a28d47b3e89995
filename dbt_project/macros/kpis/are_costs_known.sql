{#-
    Whether the files of ads reach a month of a row of dim_build, so that its costs are all of it: to its end or to the as-of, less the
    days that a source may end before. Nor is it all where they begin within it. A company without such files has other costs.
-#}
{% macro are_costs_known(month_date, build) -%}
    (
        {{ month_date }} is null
        or coalesce(
            {{
                days_apart(
                    build ~ ".ad_spend_until_date",
                    "least(" ~ add_months(month_date, "1") ~ ", " ~ build ~ ".as_of_date)",
                )
            }} <= {{ build }}.behind_after_days, true
        )
        and coalesce(
            {{ build }}.ad_spend_from_date >= {{ add_months(month_date, "1") }}
            or {{ days_apart(month_date, build ~ ".ad_spend_from_date") }} <= {{ build }}.behind_after_days,
            true
        )
    )
{%- endmacro %}

{#- A cost in a currency that has no rate on its day. Its amount is not zero: it is not known in the reporting currency. -#}
{% macro is_unpriced(amount="amount", amount_reporting="amount_reporting") -%}
    coalesce({{ amount }} <> 0, false) and {{ amount_reporting }} is null
{%- endmacro %}

{#-
    One row with are_costs_known: of all costs until the as-of. Leads came in after the files of ads end, and cost too. Nor are
    they known where one has no rate.
-#}
{% macro costs_until_now() -%}
    select
        {{ are_costs_known("cast(date_trunc('month', build.as_of_date) as date)", "build") }}
        and coalesce(
            (select min(case when {{ is_unpriced() }} then 0 else 1 end) from {{ ref("fct_costs") }}), 1
        )
        = 1 as are_costs_known
    from {{ ref("dim_build") }} as build
{%- endmacro %}
