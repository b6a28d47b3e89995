{#- Whether a source that ends so many days before is too old to be the whole truth: more than a weekend with a holiday. -#}
{% macro is_behind(days) -%} ({{ days }} > 3) {%- endmacro %}

{#- The same of a source by which nothing is evaluated, which may come once a week. -#}
{% macro is_old(days) -%}({{ days }} > 7) {%- endmacro %}
