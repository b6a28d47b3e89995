{#- The zone in which a system writes times without one: the reference table systems says it, else it is the company's. -#}
{% macro export_zone(system, alias="") -%}
    coalesce(
        (select time_zone from {{ ref("stg_reference__systems") }} where system = '{{ system }}'),
        {{ company_zone() }}
    )
{%- endmacro %}
