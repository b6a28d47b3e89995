{#- The first part of a text list such as `9001;9002`, trimmed; null if there is none. -#}
{% macro first_listed(list) -%} nullif({{ trimmed(dbt.split_part(list, "';'", 1)) }}, '') {%- endmacro %}
