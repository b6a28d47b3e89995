{#- The last value of a column that is not null, in the window whose `over` follows. -#}
{% macro last_known(column) -%} {{ return(adapter.dispatch("last_known")(column)) }} {%- endmacro %}

{% macro duckdb__last_known(column) -%} last_value({{ column }} ignore nulls) {%- endmacro %}

{% macro spark__last_known(column) -%} last_value({{ column }}) ignore nulls {%- endmacro %}
