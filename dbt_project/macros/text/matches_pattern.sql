{#- True when a text matches a pattern in which `*` matches any text and everything else matches itself, in any case. -#}
{% macro matches_pattern(text, pattern) -%}
    lower({{ text }}) like replace(
        replace(replace(replace(lower({{ pattern }}), '!', '!!'), '%', '!%'), '_', '!_'), '*', '%'
    ) escape '!'
{%- endmacro %}

{#-
    The order of the rules that match one text: the longest pattern is the most specific, and a rule of the system takes
    precedence over one of any.
-#}
{% macro most_specific_first(rules) -%}
    case when {{ rules }}.system is null then 1 else 0 end,
    length({{ rules }}.name_pattern) desc,
    {{ rules }}.name_pattern
{%- endmacro %}
