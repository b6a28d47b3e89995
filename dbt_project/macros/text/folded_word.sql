{#- A word without case, blanks, underscores and hyphens: `NO_SHOW`, `No show` and `No Show` are one. -#}
{% macro folded_word(value) -%}
    lower(replace(replace(replace({{ value }}, ' ', ''), '_', ''), '-', ''))
{%- endmacro %}
