{#-
    dbt's own macros for Spark where they differ from what dbt promises: `dateadd` drops parts of a second and fails on null,
    `split_part` fails where there is no such part, `listagg` drops the order.
-#}
{% macro spark__dateadd(datepart, interval, from_date_or_timestamp) -%}
    cast({{ from_date_or_timestamp }} as timestamp_ntz)
    + cast({{ interval }} as integer) * interval '1' {{ datepart }}
{%- endmacro %}

{% macro spark__split_part(string_text, delimiter_text, part_number) -%}
    split_part({{ string_text }}, {{ delimiter_text }}, {{ part_number }})
{%- endmacro %}

{% macro spark__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
    listagg({{ measure }}, {{ delimiter_text }}) within group ({{ order_by_clause }})
{%- endmacro %}
