{#- What several staging models of Salesforce need; nothing outside of systems/salesforce/ calls it. -#}
{#-
    One row per record of an object, with `record_id`: the latest load of it, and where a connector keeps versions the
    active one in that load, else the last one. A lead or contact of a report without ids is its e-mail.
-#}
{% macro salesforce_records(table) -%}
    {%- set order -%}
        _load_number desc,
        coalesce(is_active_version, true) desc,
        version_started_at desc nulls last,
        _line desc
    {%- endset -%}
    {%- set has_reports = table in ("leads", "contacts") -%}
    {%- set key = "coalesce(" ~ salesforce_id("id") ~ ", " ~ normalised_email("email") ~ ")" -%}
    select *, {{ salesforce_person_id(table) if has_reports else salesforce_id("id") }} as record_id
    from
        (
            {{ latest_rows("salesforce", table, key if has_reports else salesforce_id("id"), order) }}
        ) as records
    {%- if has_reports %} where {{ key }} is not null {%- endif %}
{%- endmacro %}

{#- The record of a lead or contact: its id, or its e-mail where a report has no ids; null without both. -#}
{% macro salesforce_person_id(table) -%}
    coalesce(
        {{ salesforce_id("id") }},
        case
            when {{ normalised_email("email") }} is not null
            then '{{ table[:-1] }}:' || {{ email_record_id("email") }}
        end
    )
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

{#-
    The rows of reports of opportunities, with `record_id`. Without an id, account, name and creation are what a report
    knows a deal by, and two of them in a file are two deals, unless they name different contacts: a report of
    opportunities with contact roles has a row for each.
-#}
{% macro salesforce_reported_deals() -%}
    {%- set contact = [
        "contact_id",
        "contact_email",
        "contact_name",
        "contact_first_name",
        "contact_last_name",
    ] -%}
    select
        *,
        coalesce(
            {{ salesforce_id("id") }},
            'report:'
            || coalesce(account_name, '')
            || ':'
            || opportunity_name
            || ':'
            || coalesce(cast(created_date as string), '')
            || ':'
            || cast(
                row_number() over (
                    partition by
                        _load_id, id, account_name, opportunity_name, created_date, {{ contact | join(", ") }}
                    order by _line
                ) as string
            )
        ) as record_id
    from {{ source("salesforce", "opportunities_report") }}
{%- endmacro %}

{#- Whether a mail went to many at once, which Salesforce writes into its subject alone. -#}
{% macro is_to_many(subject) -%}
    (lower({{ subject }}) like 'mass email%' or lower({{ subject }}) like 'list email%')
{%- endmacro %}
