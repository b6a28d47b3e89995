{#- Money in micros, as ad platforms' programs write it: 1 000 000 micros are one unit of the currency. Rounded where the day is added up. -#}
{% macro micros_to_amount(micros) -%} cast({{ micros }} as double) / 1000000 {%- endmacro %}
