{#- The place of a system in dbt_project.yml; one that is added later comes after the existing ones. -#}
{% macro system_place(system) -%}
    case
        {{ system }}
        {%- for name in var("systems") %} when '{{ name }}' then {{ loop.index }} {%- endfor %}
        else {{ var("systems") | length + 1 }}
    end
{%- endmacro %}
