{#-
    One spelling of HubSpot's own words: the API's and a connector's internal values (`marketingqualifiedlead`,
    `PAID_SEARCH`, the id of a call outcome) and the labels of other languages read as the labels of an English export
    (words.csv). A word of the portal's own stays as it is. Portals relabel default values: then an export has the
    portal's label, and the internal value this one.
-#}
{% macro hubspot_label(kind, value) -%} {{ system_word("hubspot", kind, value) }} {%- endmacro %}
