{#-
    What two exports of a table show to have changed between them: the rows of an export that have another value of a
    column than the row of the same record in the export before. `value_before` is that value; `changed_at` the day of
    this export, without a time, and `changed_after_at` the time of the one before, both in UTC: it changed after the one
    and by the other, and nobody knows the minute. A person's export and a connector's write other words in another zone
    and are not compared. No row, and no query, where a table has one export.
-#}
{% macro changes_by_load(system, table, key, column, condition="true") -%}
    select
        *,
        {{ export_utc("known_before", system, "compared") }} as changed_after_at,
        {{ start_of_date(local_date(export_utc("known_at", system, "compared"))) }} as changed_at
    from
        (
            select
                *,
                lag({{ column }}) over same_record as value_before,
                lag(known_at) over same_record as known_before
            from ({{ compared_exports(system, table, key, [column], condition) }}) as exported
            window same_record as (partition by {{ key }}, coalesce(_time_zone, '') order by _load_number)
        ) as compared
    where known_at > known_before and coalesce({{ column }}, '') <> coalesce(value_before, '')
{%- endmacro %}

{#-
    A column of each record as the first of those exports had it that show the record in the state in which the newest one
    shows it: who had a deal when it ended, also if it was given to another later.
-#}
{% macro value_at_state(system, table, key, state, column, condition="true") -%}
    {{
        value_while_in_state(
            compared_exports(system, table, key, [state, column], condition), key, state, column
        )
    }}
{%- endmacro %}

{#- The same of rows that are one per record and export. -#}
{% macro value_while_in_state(rows, key, state, column) -%}
    select record_key, held_value
    from
        (
            select
                *,
                sum(case when state <> last_state then 1 else 0 end) over (
                    partition by record_key order by _load_number desc rows unbounded preceding
                ) as other_states_since
            from
                (
                    select
                        {{ key }} as record_key,
                        _load_number,
                        {{ column }} as held_value,
                        coalesce({{ folded_word(state) }}, '') as state,
                        first_value(coalesce({{ folded_word(state) }}, '')) over (
                            partition by {{ key }} order by _load_number desc
                        ) as last_state
                    from ({{ rows }}) as exported
                ) as states
        ) as shown
    where other_states_since = 0 and held_value is not null
    qualify row_number() over (partition by record_key order by _load_number) = 1
{%- endmacro %}

{#- The last row of each record in each export; none where a table has one export. -#}
{% macro compared_exports(system, table, key, columns, condition) -%}
    select *
    from ({{ rows_by_load(system, table, columns) }}) as every_line
    where {{ condition }} {{ "and 1 = 0" if has_one_load(system, table) }}
    qualify row_number() over (partition by {{ key }}, _load_number order by _line desc) = 1
{%- endmacro %}

{#- Whether a table has one export at most, so that no two can be compared; false in a unit test, where there is no graph. -#}
{% macro has_one_load(system, table) -%}
    {%- set found = [false] -%}
    {%- if source_node(system, table) -%}
        {%- set query -%}
            select count(*)
            from {{ source("ingestion", "loads") }}
            where system = '{{ system }}' and table_name = '{{ table }}' and status = 'loaded' and not is_correction
        {%- endset -%}
        {%- do found.append((run_query(query).rows[0][0] | int) < 2) -%}
    {%- endif -%}
    {{ return(found | last) }}
{%- endmacro %}
