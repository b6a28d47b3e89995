{#- The last parts of a text, as many as `number` has, with the delimiter between them. -#}
{% macro last_parts(text, delimiter, number) -%}
    {{ return(adapter.dispatch("last_parts")(text, delimiter, number)) }}
{%- endmacro %}

{% macro duckdb__last_parts(text, delimiter, number) -%}
    array_to_string(string_split({{ text }}, '{{ delimiter }}')[- ({{ number }}):], '{{ delimiter }}')
{%- endmacro %}

{% macro spark__last_parts(text, delimiter, number) -%}
    substring_index({{ text }}, '{{ delimiter }}', - cast({{ number }} as integer))
{%- endmacro %}
