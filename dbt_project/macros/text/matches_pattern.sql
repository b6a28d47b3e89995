{#- True when a text matches a pattern in which `*` stands for any text and everything else, in any case, for itself. -#}
{% macro matches_pattern(text, pattern) -%}
    lower({{ text }}) like replace(
        replace(replace(replace(lower({{ pattern }}), '!', '!!'), '%', '!%'), '_', '!_'), '*', '%'
    ) escape '!'
{%- endmacro %}
