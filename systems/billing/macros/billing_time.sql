{#-
    A time of a billing export in UTC: as it stands where its label says "(UTC)" (the column <name>_utc), else on the
    wall clock of the export's zone.
-#}
{% macro billing_time(alias, name) -%}
    coalesce(
        {{ alias }}.{{ name }}_utc, {{ local_to_utc(alias ~ "." ~ name, export_zone("billing", alias)) }}
    )
{%- endmacro %}
