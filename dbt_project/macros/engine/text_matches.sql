{#- One row per part of a text that a regular expression matches, in a select; a text without a match has no row. -#}
{% macro text_matches(text, pattern) -%}
    {{ return(adapter.dispatch("text_matches")(text, pattern)) }}
{%- endmacro %}

{% macro duckdb__text_matches(text, pattern) -%}
    unnest(regexp_extract_all({{ text }}, '{{ pattern }}'))
{%- endmacro %}

{% macro spark__text_matches(text, pattern) -%}
    explode(regexp_extract_all({{ text }}, r'{{ pattern }}', 0))
{%- endmacro %}
