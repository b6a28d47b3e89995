{#- When a record of `alias` was deleted, in UTC: by the first of these columns that is given, since a flag has no time. -#}
{% macro hubspot_deleted_at(alias, columns) -%}
    case
        when {{ alias }}.is_deleted
        then
            coalesce(
                {%- for column in columns %}
                    {{ export_utc(alias ~ "." ~ column, "hubspot", alias) }} {{- "," if not loop.last }}
                {%- endfor %}
            )
    end
{%- endmacro %}
