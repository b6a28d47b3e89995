{#- Whether figures are those of the period of a commitment; not `using`, which moves its columns before a union on Spark. -#}
{% macro of_period(figures) -%}
    {{ figures }}.agreement_version = periods.agreement_version
    and {{ figures }}.commitment = periods.commitment
    and {{ figures }}.period_date = periods.period_date
{%- endmacro %}
