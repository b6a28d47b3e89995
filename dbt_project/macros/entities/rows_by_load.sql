{#-
    The rows of a source table as each export has them, with `known_at`, when that export was made at the earliest: the
    history of what an export shows only as it is. Exports in which one of these columns is missing, though the newest
    one with any of them has it, or is there, though it is not in the newest, are excluded: they cannot be compared.
-#}
{% macro rows_by_load(system, table, columns) -%}
    {%- set shape -%}
        {%- for column in columns -%}
            {% if not loop.first %} || {% endif -%}
            case when coalesce(missing_columns, '') like '%"{{ column }}"%' then '-' else '+' end
        {%- endfor -%}
    {%- endset -%}
    select {{ table }}.*, coalesce(loads.known_at, loads.file_time) as known_at
    from {{ source(system, table) }} as {{ table }}
    inner join
        (
            select load_number, known_at, file_time
            from {{ source("ingestion", "loads") }}
            where
                system = '{{ system }}'
                and table_name = '{{ table }}'
                and status = 'loaded'
                and not is_correction
            qualify
                ({{ shape }}) = first_value({{ shape }}) over (
                    order by case when ({{ shape }}) like '%+%' then 0 else 1 end, load_number desc
                )
        ) as loads
        on {{ table }}._load_number = loads.load_number
{%- endmacro %}
