{#-
    The zone in which a system writes times without one: the reference table systems says it, else it is the company's.
    `alias` names the rows of the raw table that the time is from.
-#}
{% macro export_zone(system, alias=none) -%}
    coalesce(
        (select time_zone from {{ ref("stg_reference__systems") }} where system = '{{ system }}'),
        {{ company_zone() }}
    )
{%- endmacro %}
