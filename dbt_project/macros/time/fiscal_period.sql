{#- The first day of the fiscal quarter (months=3), half-year (6) or year (12) of a date, in a year that starts with `start_month`. -#}
{% macro fiscal_period(day, start_month, months) -%}
    {{
        add_months(
            "cast(date_trunc('month', " ~ day ~ ") as date)",
            "-mod(extract(month from " ~ day ~ ") + 12 - " ~ start_month ~ ", " ~ months ~ ")",
        )
    }}
{%- endmacro %}
