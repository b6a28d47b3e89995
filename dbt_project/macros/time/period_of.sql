{#- The local first day of the period of a date, and of the period after it; a quarter is one of the fiscal year. -#}
{% macro period_of(period, day, fiscal_year_start_month) -%}
    {%- if period == "day" -%} {{ day }}
    {%- elif period == "week" -%} {{ week_start(day) }}
    {%- elif period == "month" -%} cast(date_trunc('month', {{ day }}) as date)
    {%- else -%} {{ fiscal_period(day, fiscal_year_start_month, 3) }}
    {%- endif -%}
{%- endmacro %}

{% macro period_end(period, period_date) -%}
    {%- if period == "day" -%} {{ next_day(period_date) }}
    {%- elif period == "week" -%} cast({{ dbt.dateadd("day", 7, period_date) }} as date)
    {%- elif period == "month" -%} {{ add_months(period_date, 1) }}
    {%- else -%} {{ add_months(period_date, 3) }}
    {%- endif -%}
{%- endmacro %}
