{#-
    A time of a billing export in UTC: as it is where its label ends in "(UTC)" (the column <name>_utc), else on the
    wall clock of the export's zone.
-#}
{% macro billing_time(alias, name) -%}
    coalesce(
        {{ utc_or_day(alias ~ "." ~ name ~ "_utc") }}, {{ export_utc(alias ~ "." ~ name, "billing", alias) }}
    )
{%- endmacro %}
