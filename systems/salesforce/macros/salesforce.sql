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

{#-
    The record type by its name (in reports, or by the CTE `record_types`), else its id: a text that begins as one is one.
    An organisation without record types gives all records the same one, which is none.
-#}
{% macro salesforce_record_type(alias) -%}
    coalesce(
        record_types.name,
        nullif(
            case
                when {{ alias }}.record_type_id like '012%'
                then {{ salesforce_id(alias ~ ".record_type_id") }}
                else {{ alias }}.record_type_id
            end,
            '012000000000000'
        )
    )
{%- endmacro %}

{#- Whether a mail went to many at once, which Salesforce writes into its subject alone. -#}
{% macro is_to_many(subject) -%}
    (lower({{ subject }}) like 'mass email%' or lower({{ subject }}) like 'list email%')
{%- endmacro %}

{#-
    The changes of owner that two exports of leads or contacts show: objects have the owner's id, reports the name. An
    owner who is in no list is known by the name.
-#}
{% macro salesforce_owners_by_load(table, columns) -%}
    select
        {{ columns | join(", ") }},
        {{ salesforce_person_id(table) }} as record_id,
        {{ salesforce_id("value_before") }} as previous_owner_id,
        {{ salesforce_id("owner_id") }} as owner_id
    from
        (
            {{
                changes_by_load(
                    "salesforce",
                    table,
                    salesforce_person_id(table),
                    "owner_id",
                    condition="version_started_at is null",
                )
            }}
        ) as by_id
    union all
    select
        {{ columns | join(", ") }},
        {{ salesforce_person_id(table) }} as record_id,
        coalesce(earlier.owner_record_id, value_before) as previous_owner_id,
        coalesce(later.owner_record_id, by_name.owner_name) as owner_id
    from
        (
            {{
                changes_by_load(
                    "salesforce",
                    table,
                    salesforce_person_id(table),
                    "owner_name",
                    condition="version_started_at is null",
                )
            }}
        ) as by_name
    left join {{ ref("stg_salesforce__owner_names") }} as earlier on by_name.value_before = earlier.owner_name
    left join {{ ref("stg_salesforce__owner_names") }} as later on by_name.owner_name = later.owner_name
{%- endmacro %}
