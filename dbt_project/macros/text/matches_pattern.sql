{#- True when a text matches a pattern in which `*` matches any text and everything else matches itself, in any case. -#}
{% macro matches_pattern(text, pattern) -%}
    lower({{ text }}) like replace(
        replace(replace(replace(lower({{ pattern }}), '!', '!!'), '%', '!%'), '_', '!_'), '*', '%'
    ) escape '!'
{%- endmacro %}
