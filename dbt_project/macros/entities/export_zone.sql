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
    A time of a raw row, given by its alias, in UTC by that zone; a bare date is the same day in the company's. The zone is
    nearly always the system's, one value that is asked for once, or UTC: one that is computed per row is thrice as dear.
-#}
{% macro export_utc(local_timestamp, system, alias) -%}
    case
        when {{ is_bare_date(local_timestamp) }}
        then {{ start_of_date(local_timestamp) }}
        when {{ alias }}._time_zone is null
        then {{ timed(local_to_utc(local_timestamp, export_zone(system))) }}
        when {{ alias }}._time_zone = 'UTC'
        then {{ timed(local_timestamp) }}
        else {{ timed(local_to_utc(local_timestamp, alias ~ "._time_zone")) }}
    end
{%- endmacro %}
