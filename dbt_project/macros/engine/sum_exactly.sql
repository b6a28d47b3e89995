{#-
    A sum of doubles that is the same in any order of rows: of their decimals. A sum of the doubles differs in its last digit from one
    run to the next.
-#}
{% macro sum_exactly(number, decimals=12) -%}
    cast(sum(cast({{ number }} as decimal(38, {{ decimals }}))) as double)
{%- endmacro %}
