{#- True when the whole text matches a regular expression, which may be a column. -#}
{% macro matches_regex(text, pattern) -%}
    {{ return(adapter.dispatch("matches_regex")(text, pattern)) }}
{%- endmacro %}

{% macro duckdb__matches_regex(text, pattern) -%} regexp_full_match({{ text }}, {{ pattern }}) {%- endmacro %}

{% macro spark__matches_regex(text, pattern) -%}
    regexp_like({{ text }}, '^(?:' || {{ pattern }} || r')\z')
{%- endmacro %}
