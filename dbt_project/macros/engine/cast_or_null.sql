{#- A text as a value of a type; null where it is none. -#}
{% macro cast_or_null(text, type) -%}
    {{ return(adapter.dispatch("cast_or_null")(text, type)) }}
{%- endmacro %}

{% macro duckdb__cast_or_null(text, type) -%} try_cast({{ text }} as {{ type }}) {%- endmacro %}

{% macro spark__cast_or_null(text, type) -%} try_cast({{ text }} as {{ type }}) {%- endmacro %}
