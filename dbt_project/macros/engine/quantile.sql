{#- The quantile of a column with linear interpolation between neighbours; nulls are excluded. -#}
{% macro quantile(column, fraction) -%}
    {{ return(adapter.dispatch("quantile")(column, fraction)) }}
{%- endmacro %}

{% macro duckdb__quantile(column, fraction) -%} quantile_cont({{ column }}, {{ fraction }}) {%- endmacro %}

{% macro spark__quantile(column, fraction) -%} percentile({{ column }}, {{ fraction }}) {%- endmacro %}
