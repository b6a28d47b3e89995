{#- A value against its target with the tolerance of the agreement, both ways (requirement R7). It belongs to the monthly
    lead value alone: it softens no clock, cadence or measure. Of several parts, under is what counts of them. -#}
{% macro tolerance_status(actual, target, tolerance, counted=none) -%}
    case
        when {{ counted or actual }} < {{ target }} * (1 - {{ tolerance }})
        then 'under'
        when {{ actual }} > {{ target }} * (1 + {{ tolerance }})
        then 'over'
        else 'on track'
    end
{%- endmacro %}
