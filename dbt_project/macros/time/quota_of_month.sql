{#- Whether a row of agreement.quota_periods is the one that contains a month: of each listed month or quarter its own, of
    a season each calendar month, else every month. No row contains a month for which no quota is agreed. -#}
{% macro quota_of_month(periods, month_date) -%}
    {{ month_date }} >= coalesce({{ periods }}.from_month_date, {{ month_date }})
    and {{ month_date }} <= coalesce({{ periods }}.to_month_date, {{ month_date }})
    and extract(month from {{ month_date }})
    = coalesce({{ periods }}.month_number, extract(month from {{ month_date }}))
{%- endmacro %}
