{#- Money in micros, as ad platforms' programs write it: 1 000 000 micros are one unit of the currency. -#}
{% macro micros_to_amount(micros) -%} cast({{ micros }} / 1000000.0 as decimal(18, 2)) {%- endmacro %}
