{#-
    The zone of the times in a row: the one that its file names (_time_zone of the raw row, given by its alias), else
    the one that the reference table systems gives for the system, else the company's.
-#}
{% macro export_zone(system, alias=none) -%}
    {%- set zone -%}
        (
            select
                coalesce(
                    (
                        select time_zone
                        from {{ source("reference", "systems") }}
                        where system = '{{ system }}' and time_zone is not null
                    ),
                    {{ company_zone() }}
                )
        )
    {%- endset -%}
    {%- if alias -%} coalesce({{ alias }}._time_zone, {{ zone }})
    {%- else -%} {{ zone }}
    {%- endif -%}
{%- endmacro %}

{#-
    A time of a raw row, given by its alias, in UTC by that zone. Nearly always it is the system's, one value that is
    asked for once, or UTC: a zone that is computed per row takes three times as long.
-#}
{% macro export_utc(local_timestamp, system, alias) -%}
    case
        when {{ alias }}._time_zone is null
        then {{ local_to_utc(local_timestamp, export_zone(system)) }}
        when {{ alias }}._time_zone = 'UTC'
        then {{ local_timestamp }}
        else {{ local_to_utc(local_timestamp, alias ~ "._time_zone") }}
    end
{%- endmacro %}
