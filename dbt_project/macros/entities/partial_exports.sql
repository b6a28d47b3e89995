{#-
    What some exports of a table do not have and others have, from the ledger of loads: `columns` has the numbers of the
    loads without a column; `entries`, for a map, its entries by the loads without them. `zone` is the system's zone where
    the times of the exports are in several, else none. Empty, as nearly always, where all exports have the same columns.
-#}
{% macro columns_lacking(system, table) -%}
    {%- set found = {"columns": {}, "entries": {}, "zone": none} -%}
    {%- if source_node(system, table) -%}
        {%- set query -%}
            select load_number, missing_columns, entries, time_zone
            from {{ source("ingestion", "loads") }}
            where system = '{{ system }}' and table_name = '{{ table }}' and status = 'loaded' and not is_correction
            order by load_number
        {%- endset -%}
        {%- set loads = run_query(query).rows -%}
        {%- set zones = [] -%}
        {%- set names = [] -%}
        {%- set entries = {} -%}
        {%- for load in loads if loads | length > 1 -%}
            {%- do zones.append(load[3]) -%}
            {%- do names.extend(fromjson(load[1] or "[]")) -%}
            {%- for name, own in fromjson(load[2] or "{}").items() -%}
                {%- do entries.update({name: (entries.get(name, []) + own) | unique | list}) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- for name in names | unique -%}
            {%- set without = [] -%}
            {%- for load in loads if name in fromjson(load[1] or "[]") -%}
                {%- do without.append(load[0] | int) -%}
            {%- endfor -%}
            {%- if without | length < loads | length and name not in entries -%}
                {%- do found.columns.update({name: without}) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- for name, own in entries.items() -%}
            {%- set groups = {} -%}
            {%- for entry in own -%}
                {%- set without = [] -%}
                {%- for load in loads if entry not in fromjson(load[2] or "{}").get(name, []) -%}
                    {%- do without.append(load[0] | int) -%}
                {%- endfor -%}
                {%- do groups.update(
                    {without | join(", "): groups.get(without | join(", "), []) + [entry]}
                ) -%}
            {%- endfor -%}
            {%- if groups | length > 1 or groups.keys() | first -%}
                {%- do found.entries.update({name: groups}) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if (found.columns or found.entries) and zones | unique | list | length > 1 -%}
            {%- do found.update({"zone": zone_of_exports(system)}) -%}
        {%- endif -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{#- The zone of a system's times as a literal, by the same rule as `export_zone`, read while the model is compiled. -#}
{% macro zone_of_exports(system) -%}
    {%- set query -%}
        select
            coalesce(
                (
                    select max(time_zone) from {{ source("reference", "systems") }}
                    where system = '{{ system }}'
                ),
                (
                    select time_zone from {{ source("agreement", "versions") }}
                    where effective_from is not null
                    order by effective_from desc
                    limit 1
                )
            )
    {%- endset -%}
    {{ return("'" ~ run_query(query).rows[0][0] ~ "'") }}
{%- endmacro %}

{#- A declared column of `latest_rows`: its own, or what the latest export that has it contained. -#}
{% macro known_value(column, lacking, key, order) -%}
    {%- set is_time = column.data_type.lower() == "timestamp" -%}
    {%- set is_of_times = "timestamp" in column.data_type.lower() -%}
    {%- if column.name in lacking.columns -%}
        {{
            value_from(
                column.name,
                lacking.columns[column.name] | join(", "),
                key,
                order,
                lacking.zone if is_time else none,
            )
        }}
    {%- elif column.name in lacking.entries -%}
        {%- set maps = [] -%}
        {%- for without, entries in lacking.entries[column.name].items() -%}
            {%- set value = entries_of(column.name, entries) -%}
            {%- if is_of_times and lacking.zone -%}
                {%- set value = entries_in_utc(value, "coalesce(_time_zone, " ~ lacking.zone ~ ")") -%}
            {%- endif -%}
            {%- do maps.append(value_from(value, without, key, order, none)) -%}
        {%- endfor -%}
        {%- set merged = union_of_maps(maps) -%}
        {%- if is_of_times and lacking.zone -%}
            {{ entries_in_zone(merged, "coalesce(_time_zone, " ~ lacking.zone ~ ")") }}
        {%- else -%} {{ merged }}
        {%- endif -%}
    {%- else -%} {{ column.name }}
    {%- endif -%}
{%- endmacro %}

{#- The value of the first row that is not of these loads; in the zone of the row that it is put into. -#}
{% macro value_from(value, without, key, order, zone) -%}
    {%- set window -%}
        over (partition by {{ key }} order by {% if without -%}
            case when _load_number in ({{ without }}) then 1 else 0 end, {% endif -%}
            {{ order }})
    {%- endset -%}
    {%- if zone -%}
        case
            when first_value(_time_zone) {{ window }} is not distinct from _time_zone
            then first_value({{ value }}) {{ window }}
            else
                {{
                    utc_to_local(
                        local_to_utc(
                            "first_value(" ~ value ~ ") " ~ window,
                            "coalesce(first_value(_time_zone) " ~ window ~ ", " ~ zone ~ ")",
                        ),
                        "coalesce(_time_zone, " ~ zone ~ ")",
                    )
                }}
        end
    {%- else -%} first_value({{ value }}) {{ window }}
    {%- endif -%}
{%- endmacro %}
