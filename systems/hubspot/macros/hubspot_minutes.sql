{#- The minutes of a duration that an export writes as h:mm:ss, and the API in milliseconds; null for what is neither. -#}
{% macro hubspot_minutes(duration) -%}
    case
        when {{ duration }} like '%:%:%'
        then
            {{ cast_or_null(dbt.split_part(duration, "':'", 1), "double") }} * 60
            + {{ cast_or_null(dbt.split_part(duration, "':'", 2), "double") }}
            + {{ cast_or_null(dbt.split_part(duration, "':'", 3), "double") }} / 60
        else {{ cast_or_null(duration, "double") }} / 60000
    end
{%- endmacro %}
