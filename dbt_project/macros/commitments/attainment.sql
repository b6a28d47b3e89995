{#- Of a set of commitments, by how many are kept, missed, kept early and open: the share kept of those that are due,
    and the bounds between which it ends, whatever becomes of those that are not. Null where there is nothing to evaluate. -#}
{% macro attainment(kept, missed) -%}
    {{ kept }} / cast(nullif({{ kept }} + {{ missed }}, 0) as double)
{%- endmacro %}

{% macro attainment_low(kept, missed, early, open) -%}
    ({{ kept }} + {{ early }})
    / cast(nullif({{ kept }} + {{ missed }} + {{ early }} + {{ open }}, 0) as double)
{%- endmacro %}

{% macro attainment_high(kept, missed, early, open) -%}
    ({{ kept }} + {{ early }} + {{ open }})
    / cast(nullif({{ kept }} + {{ missed }} + {{ early }} + {{ open }}, 0) as double)
{%- endmacro %}

{#- How many commitments have each status, in the columns that the shares above are made of. -#}
{% macro count_by_status() -%}
    {%- for status in ["kept", "missed", "early", "open", "excused", "not_evaluated"] -%}
        count(*) filter (where status = '{{ status }}') as {{ status }}{{ ", " if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
