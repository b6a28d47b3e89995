{#-
    The zone of the times in a row: what its file says of itself (_time_zone of the raw row, given by its alias), else
    what the reference table systems says of the system, else the company's.
-#}
{% macro export_zone(system, alias=none) -%}
    coalesce(
        {% if alias %}{{ alias }}._time_zone, {% endif %}
        (
            select time_zone
            from {{ source("reference", "systems") }}
            where system = '{{ system }}' and time_zone is not null
        ),
        {{ company_zone() }}
    )
{%- endmacro %}
