{#- The day whose rules read a row: its own; what has none is read by the newest rules. -#}
{% macro day_of_rules(day) -%} coalesce({{ day }}, cast('9999-12-30' as date)) {%- endmacro %}
