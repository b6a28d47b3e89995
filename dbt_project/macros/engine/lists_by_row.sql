{#- Lists of columns, one entry of each per row of a group, all in the order of `keys`: arguments of a function in Python. -#}
{% macro lists_by_row(columns, keys) -%}
    {{ return(adapter.dispatch("lists_by_row")(columns, keys)) }}
{%- endmacro %}

{% macro duckdb__lists_by_row(columns, keys) -%}
    {%- for column in columns -%}
        list({{ column }} order by {{ keys | join(", ") }}){{ ", " if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- The rows are sorted as structs, nulls last as in DuckDB: Spark's lists of a column have no order and no nulls. -#}
{% macro spark__lists_by_row(columns, keys) -%}
    {%- set fields = [] -%}
    {%- for key in keys -%}
        {%- do fields.append(key ~ " is null") -%} {%- do fields.append(key) -%}
    {%- endfor -%}
    {%- for column in columns -%} {%- do fields.append(column ~ " as listed_" ~ loop.index) -%} {%- endfor -%}
    {%- for column in columns -%}
        transform(
            array_sort(collect_list(struct({{ fields | join(", ") }}))),
            entry -> entry.listed_{{ loop.index }}
        )
        {{- ", " if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
