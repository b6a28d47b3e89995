{#- The campaign hides in another drill-down for each of HubSpot's sources; for the rest there is none. -#}
{% macro hubspot_campaign(source, detail_1, detail_2) -%}
    case
        when {{ source }} in ('Paid Search', 'Email Marketing', 'Other Campaigns')
        then {{ detail_1 }}
        when {{ source }} in ('Paid Social', 'Social Media', 'Organic Social')
        then {{ detail_2 }}
    end
{%- endmacro %}
