{#- Rows of customers once for all of them and once for their revenue stream, with `axis` and `axis_value` as in the KPIs. -#}
{% macro value_axes(customers) -%}
    select {{ customers }}.*, 'all' as axis, cast(null as string) as axis_value
    from {{ customers }}
    union all
    select {{ customers }}.*, 'revenue_stream' as axis, {{ customers }}.revenue_stream as axis_value
    from {{ customers }}
{%- endmacro %}
