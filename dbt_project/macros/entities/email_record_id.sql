{#-
    The record id of a person for whom a system has only an e-mail. The e-mail itself stays in int_record_links:
    ids go into tables that are published.
-#}
{% macro email_record_id(email) -%}
    'email:'
    ||
    {{ keyed_hash("coalesce(" ~ normalised_email(email) ~ ", nullif(lower(" ~ trimmed(email) ~ "), ''))") }}
{%- endmacro %}
