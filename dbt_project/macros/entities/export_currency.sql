{#-
    The currency of an amount: what its row names, else the one that the reference table systems gives for the whole
    system, else `otherwise`. Null where none does: an export without the column may be of one currency or of several, and
    so may a sign of several currencies, which ingestion compares with that table and which no other default explains.
-#}
{% macro export_currency(column, system, otherwise="null") -%}
    {%- set code = "nullif(" ~ trimmed(column) ~ ", '')" -%}
    coalesce(
        upper(case when {{ code }} not in ('$', '¥', 'kr') then {{ code }} end),
        (select max(currency) from {{ source("reference", "systems") }} where system = '{{ system }}'),
        case when {{ code }} is null then {{ otherwise }} end
    )
{%- endmacro %}
