{#- Lists of columns, one entry of each per row of a group, all in the order of `keys`: arguments of a function in Python. -#}
{% macro lists_by_row(columns, keys) -%}
    {%- for column in columns -%}
        list({{ column }} order by {{ keys | join(", ") }}){{ ", " if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
