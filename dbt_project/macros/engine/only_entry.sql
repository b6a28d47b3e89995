{#- The key and the value of a map with one entry; null where the map is empty or null. -#}
{% macro only_key(map) -%} {{ return(adapter.dispatch("only_key")(map)) }} {%- endmacro %}

{% macro duckdb__only_key(map) -%} map_keys({{ map }})[1] {%- endmacro %}

{% macro only_value(map) -%} {{ return(adapter.dispatch("only_value")(map)) }} {%- endmacro %}

{% macro duckdb__only_value(map) -%} map_values({{ map }})[1] {%- endmacro %}
