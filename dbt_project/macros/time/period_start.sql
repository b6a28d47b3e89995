{#- The first day of the period of `months` months that a day is in, of which one begins on `counted_from`. -#}
{% macro period_start(day, counted_from, months) -%}
    {%- set passed = "cast(" ~ months_between(counted_from, day) ~ " as integer)" -%}
    {{
        add_months(
            "cast(date_trunc('month', " ~ day ~ ") as date)",
            "-mod(mod(" ~ passed ~ ", " ~ months ~ ") + " ~ months ~ ", " ~ months ~ ")",
        )
    }}
{%- endmacro %}
