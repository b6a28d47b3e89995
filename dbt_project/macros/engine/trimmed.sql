{#-
    A text without the blanks at both ends, of every kind: the engines' own `trim` functions differ in which they remove (no-break spaces,
    which pasted exports are full of, tabs, line breaks, blanks of no width).
-#}
{% macro trimmed(text) -%} {{ return(adapter.dispatch("trimmed")(text)) }} {%- endmacro %}

{% macro duckdb__trimmed(text) -%}
    regexp_replace({{ text }}, '^{{ blanks() }}|{{ blanks() }}\z', '', 'g')
{%- endmacro %}

{% macro spark__trimmed(text) -%}
    regexp_replace({{ text }}, r'^{{ blanks() }}|{{ blanks() }}\z', '')
{%- endmacro %}

{#- Of every kind, as a part of a regular expression. -#}
{% macro blanks() -%} {{ return("[\\x{9}-\\x{d}\\x{85}\\x{200b}\\x{feff}\\p{Z}]+") }} {%- endmacro %}
