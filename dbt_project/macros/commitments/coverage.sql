{#- True for a figure that is computed from less than the agreed share of its rows: it is withheld and replaced by the
    reason. -#}
{% macro is_too_little(coverage_rate, known_share) -%}
    coalesce({{ coverage_rate }} < {{ known_share }}, false)
{%- endmacro %}
