{#- One row per part of a text list, in a select; an empty list gives one empty text, so no row is lost. -#}
{% macro unnest_list(list, delimiter) -%}
    {{ return(adapter.dispatch("unnest_list")(list, delimiter)) }}
{%- endmacro %}

{% macro duckdb__unnest_list(list, delimiter) -%}
    unnest(string_split(coalesce({{ list }}, ''), '{{ delimiter }}'))
{%- endmacro %}

{% macro spark__unnest_list(list, delimiter) -%}
    explode(split(coalesce({{ list }}, ''), r'\Q{{ delimiter }}\E'))
{%- endmacro %}
