{#- A number for readers: thousands separated by commas, rounded to the given number of decimals. -#}
{% macro readable_number(number, decimals) -%}
    {{ return(adapter.dispatch("readable_number")(number, decimals)) }}
{%- endmacro %}

{% macro duckdb__readable_number(number, decimals) -%}
    format('{:,.{{ decimals }}f}', cast({{ number }} as double))
{%- endmacro %}

{% macro spark__readable_number(number, decimals) -%}
    format_number(cast({{ number }} as double), {{ decimals }})
{%- endmacro %}

{#- A share from 0 to 1 as a percentage with two decimals. -#}
{% macro readable_percent(share) -%} {{ readable_number("100 * " ~ share, 2) }} || ' %' {%- endmacro %}
