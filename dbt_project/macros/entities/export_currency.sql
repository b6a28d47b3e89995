{#-
    The currency of an amount: what its row names, else the one that the reference table systems gives for the whole
    system. Null where neither does: an export without the column may be of one currency or of several.
-#}
{% macro export_currency(column, system) -%}
    coalesce(
        upper(nullif({{ trimmed(column) }}, '')),
        (select max(currency) from {{ source("reference", "systems") }} where system = '{{ system }}')
    )
{%- endmacro %}
