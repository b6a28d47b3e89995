{#- True for a figure that is computed from less than nine in ten of its rows: it is withheld and replaced by the reason. -#}
{% macro is_too_little(coverage_rate) -%} coalesce({{ coverage_rate }} < 0.9, false) {%- endmacro %}
