{#- What several staging models of Salesforce need; nothing outside of systems/salesforce/ calls it. -#}
{#-
    One row per record of an object, with `record_id`: the latest load of it, and where a connector keeps versions the
    active one in that load, else the last one.
-#}
{% macro salesforce_records(table) -%}
    {%- set order -%}
        _load_number desc,
        coalesce(is_active_version, true) desc,
        version_started_at desc nulls last,
        _line desc
    {%- endset -%}
    select *, {{ salesforce_id("id") }} as record_id
    from ({{ latest_rows("salesforce", table, salesforce_id("id"), order) }}) as records
{%- endmacro %}

{#- One row per entry of a history table, with `record_id`; the same entry can come in several loads. -#}
{% macro salesforce_entries(table) -%}
    select *, {{ salesforce_id("id") }} as record_id
    from
        (
            {{ latest_rows("salesforce", table, salesforce_id("id"), "_load_number desc, _line desc") }}
        ) as entries
    where not coalesce(is_deleted, false)
{%- endmacro %}

{#- A time of a row of `alias`, in UTC. -#}
{% macro salesforce_utc(column, alias) -%}
    {{ export_utc(alias ~ "." ~ column, "salesforce", alias) }}
{%- endmacro %}

{#- When a record was deleted; one that was merged away (opportunities never are) is not gone, it is another one now. -#}
{% macro salesforce_deleted_at(alias, can_merge=true) -%}
    case
        when
            {%- if can_merge %} {{ salesforce_id(alias ~ ".master_record_id") }} is null and {%- endif %}
            (coalesce({{ alias }}.is_deleted, false) or not coalesce({{ alias }}.is_active_version, true))
        then
            coalesce(
                case
                    when not {{ alias }}.is_active_version
                    then {{ salesforce_utc("version_ended_at", alias) }}
                end,
                {{ salesforce_utc("system_modstamp", alias) }},
                {{ salesforce_utc("last_modified_date", alias) }},
                {{ salesforce_utc("created_date", alias) }}
            )
    end
{%- endmacro %}

{#- The instant of a bare local date: its first, but on the day of a known instant that it cannot come before, that one. -#}
{% macro instant_of_date(day, known_at) -%}
    case when {{ day }} = {{ local_date(known_at) }} then {{ known_at }} else {{ start_of_date(day) }} end
{%- endmacro %}

{#- What is sold: the company's own field, else the record type by its name (in reports) or its id. -#}
{% macro salesforce_stream(alias) -%}
    coalesce(
        {{ alias }}.business_unit,
        case
            when {{ alias }}.record_type_id like '012%'
            then {{ salesforce_id(alias ~ ".record_type_id") }}
            else {{ alias }}.record_type_id
        end
    )
{%- endmacro %}
