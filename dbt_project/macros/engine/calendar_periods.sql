{#- The first day of the half-year of a date, and the day after a date. -#}
{% macro half_year(day) -%}
    {{
        add_months(
            "cast(date_trunc('year', " ~ day ~ ") as date)",
            "case when extract(month from " ~ day ~ ") > 6 then 6 else 0 end",
        )
    }}
{%- endmacro %}

{% macro next_day(day) -%} cast({{ day }} + interval '1 day' as date) {%- endmacro %}
