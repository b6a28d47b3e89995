{#- The day after a date. -#}
{% macro next_day(day) -%} cast({{ day }} + interval '1 day' as date) {%- endmacro %}
