{#-
    A word in the form in which two are compared: without case, blanks of every kind and of no width, underscores, hyphens and
    brackets. `NO_SHOW`, `No show` and `[No-Show ]` are one.
-#}
{% macro folded_word(value) -%}
    {%- set blanks = [9, 10, 13, 160, 8203, 8204, 8205, 8209, 8211, 8239, 8288, 65279] -%}
    translate(
        lower({{ value }}), ' _-()[]{}' {%- for blank in blanks %} || {{ character(blank) }} {%- endfor %}, ''
    )
{%- endmacro %}

{#- A name of several words with one blank between them, whatever was between them: in a pattern, where a word ends matters. -#}
{% macro spaced_words(text) -%}
    {%- set spaced = "translate(" ~ trimmed(text) ~ ", '_-', '  ')" -%}
    replace(replace(replace({{ spaced }}, ' ', '{}'), '}{', ''), '{}', ' ')
{%- endmacro %}
