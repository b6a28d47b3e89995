{#- One row per entry of a map, in a select: a struct with `key` and `value`; no row for an empty map or none. -#}
{% macro map_entries(map) -%} {{ return(adapter.dispatch("map_entries")(map)) }} {%- endmacro %}

{% macro duckdb__map_entries(map) -%} unnest(map_entries({{ map }})) {%- endmacro %}

{% macro spark__map_entries(map) -%} explode(map_entries({{ map }})) {%- endmacro %}
