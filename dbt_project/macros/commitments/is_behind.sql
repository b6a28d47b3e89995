{#- Whether a source that ends this number of days before is too old to be evaluated by: a long weekend is not. -#}
{% macro is_behind(days) -%} ({{ days }} > 3) {%- endmacro %}

{#- The same of a source by which nothing is evaluated, which may come once a week. -#}
{% macro is_old(days) -%}({{ days }} > 7) {%- endmacro %}
