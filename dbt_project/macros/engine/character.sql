{#- The text of one character, by its number in Unicode. -#}
{% macro character(number) -%} {{ return(adapter.dispatch("character")(number)) }} {%- endmacro %}

{% macro duckdb__character(number) -%} chr({{ number }}) {%- endmacro %}

{#- Spark's `chr` knows the first 256 alone. -#}
{% macro spark__character(number) -%} '{{ "\\u%04x" | format(number) }}' {%- endmacro %}
