{#- The day of the week of a date or timestamp: Monday is 1, Sunday is 7. -#}
{% macro iso_weekday(day) -%} {{ return(adapter.dispatch("iso_weekday")(day)) }} {%- endmacro %}

{% macro duckdb__iso_weekday(day) -%} isodow({{ day }}) {%- endmacro %}

{% macro spark__iso_weekday(day) -%}(weekday({{ day }}) + 1) {%- endmacro %}
