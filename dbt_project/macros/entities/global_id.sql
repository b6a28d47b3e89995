{#- The id of a record across systems; null when the record has none. -#}
{% macro global_id(system, record_id) -%} {{ system }} || ':' || {{ record_id }} {%- endmacro %}
