{#- The key and the value of a map with one entry; null where the map is empty or null. -#}
{% macro only_key(map) -%} {{ return(adapter.dispatch("only_key")(map)) }} {%- endmacro %}

{% macro duckdb__only_key(map) -%} map_keys({{ map }})[1] {%- endmacro %}

{% macro only_value(map) -%} {{ return(adapter.dispatch("only_value")(map)) }} {%- endmacro %}

{% macro duckdb__only_value(map) -%} map_values({{ map }})[1] {%- endmacro %}

{#- The reverse, for the rows of unit tests: a map of one entry; without a key an empty one of the same type. -#}
{% macro map_of_one(key, value) -%} {{ return(adapter.dispatch("map_of_one")(key, value)) }} {%- endmacro %}

{% macro duckdb__map_of_one(key, value) -%}
    {%- if key is none %} map_from_entries([struct_pack(k := '', v := {{ value }})][2:])
    {%- else %} map([{{ key }}], [{{ value }}])
    {%- endif %}
{%- endmacro %}

{#- An index that does not exist is an error in Spark; `get` is null. -#}
{% macro spark__only_key(map) -%} get(map_keys({{ map }}), 0) {%- endmacro %}

{% macro spark__only_value(map) -%} get(map_values({{ map }}), 0) {%- endmacro %}

{% macro spark__map_of_one(key, value) -%}
    {%- if key is none %} map_filter(map('', {{ value }}), (key, value) -> false)
    {%- else %} map({{ key }}, {{ value }})
    {%- endif %}
{%- endmacro %}
