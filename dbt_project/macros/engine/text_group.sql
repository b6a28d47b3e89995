{#- What a group of a regular expression captures in a text; an empty text where it does not match. -#}
{% macro text_group(text, pattern, number) -%}
    {{ return(adapter.dispatch("text_group")(text, pattern, number)) }}
{%- endmacro %}

{% macro duckdb__text_group(text, pattern, number) -%}
    regexp_extract({{ text }}, '{{ pattern }}', {{ number }})
{%- endmacro %}

{#- A raw literal: in others a back-slash begins an escape. -#}
{% macro spark__text_group(text, pattern, number) -%}
    regexp_extract({{ text }}, r'{{ pattern }}', {{ number }})
{%- endmacro %}
