{#- Money in micros, as ad platforms' programs write it: 1 000 000 micros are one unit of the currency. -#}
{% macro micros_to_amount(micros) -%} {{ micros }} * 0.000001 {%- endmacro %}
