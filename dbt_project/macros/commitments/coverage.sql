{#- True for a figure that stands on less than nine in ten of its rows: it is withheld, with the reason in its place. -#}
{% macro is_too_little(coverage_rate) -%} coalesce({{ coverage_rate }} < 0.9, false) {%- endmacro %}
