{#- The type of a label that staging itself writes, and that means the same in every company. -#}
{% macro known_activity_type(label) -%}
    case when {{ label }} = 'Unsubscribed' then 'opt_out' end
{%- endmacro %}
