{#-
    The rows of a source table that hold now: where the source declares a key, the latest export of each key;
    without a key every row is a fact of its own and stays (no blind distinct).
    In a dbt unit test there is no graph: all given rows are current.
-#}
{% macro current_rows(system, table) -%}
    {%- set node = source_node(system, table) -%}
    {%- set key = node.config.meta.get("key", []) if node else [] -%}
    {%- if key -%} {{ latest_rows(system, table, key | join(", "), "_load_number desc, _line desc") }}
    {%- else -%} select * from {{ source(system, table) }}
    {%- endif -%}
{%- endmacro %}

{#-
    The first row, in an order, of each value of a key. A column that its export does not have keeps what the latest
    export that has it contained of the key; an empty cell of an export that has the column is empty.
-#}
{% macro latest_rows(system, table, key, order) -%}
    {%- set lacking = columns_lacking(system, table) -%}
    select
        {%- if lacking.columns or lacking.entries %}
            {% for column in source_node(system, table).columns.values() -%}
                {%- set value = known_value(column, lacking, key, order) | trim -%}
                {#- A column under its own name again would be one of two for the window below. -#}
                {{ value }}{{ " as " ~ column.name if value != column.name }},
            {% endfor -%}
            _extra,
            _file,
            _line,
            _load_id,
            _load_number,
            _time_zone
        {%- else %} *
        {%- endif %}
    from {{ source(system, table) }} as {{ table }}
    {%- if vanished_count(system, table) %}
        where
            not exists (
                select 1
                from {{ source("ingestion", "vanished_records") }} as vanished
                where
                    vanished.system = '{{ system }}'
                    and vanished.table_name = '{{ table }}'
                    and vanished.record_id = {{ record_key(system, table) }}
            )
    {%- endif %}
    qualify row_number() over (partition by {{ key }} order by {{ order }}) = 1
{%- endmacro %}

{#- The declaration of a source table; none where there is no graph. -#}
{% macro source_node(system, table) -%}
    {%- set found = [] -%}
    {%- if execute -%}
        {%- for node in graph.get("sources", {}).values() if node.source_name == system and node.name == table -%}
            {%- do found.append(node) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found[0] if found else none) }}
{%- endmacro %}

{#- The key of a record as one text, as lib/ingestion/vanished.py writes it. -#}
{% macro record_key(system, table) -%}
    concat_ws(
        ':'
        {%- for name in source_node(system, table).config.meta.key -%}
            , cast({{ table }}.{{ name }} as string)
        {%- endfor -%}
    )
{%- endmacro %}

{#- How many records of a table have vanished, if the company counts those of the system as deleted; else 0. -#}
{% macro vanished_count(system, table) -%}
    {%- set found = [0] -%}
    {%- if source_node(system, table) -%}
        {%- set query -%}
            select count(*)
            from {{ source("ingestion", "vanished_records") }}
            where
                system = '{{ system }}'
                and table_name = '{{ table }}'
                and not is_hidden
                and system in (select system from {{ source("reference", "systems") }} where vanished_records = 'deleted')
        {%- endset -%}
        {%- do found.append(run_query(query).rows[0][0] | int) -%}
    {%- endif -%}
    {{ return(found | last) }}
{%- endmacro %}
