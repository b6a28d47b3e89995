{#- Money in micros, as ad platforms' programs write it: 1 000 000 micros are one unit of the currency. -#}
{% macro micros_to_amount(micros) -%}
    cast({{ rounded("cast(" ~ micros ~ " as double) / 1000000", 2) }} as decimal(18, 2))
{%- endmacro %}
