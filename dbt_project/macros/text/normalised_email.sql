{#- The e-mail in the form in which two are compared: without blanks, in lower case; null for a text that is not an address. -#}
{% macro normalised_email(email) -%}
    case when {{ trimmed(email) }} like '%_@_%' then lower({{ trimmed(email) }}) end
{%- endmacro %}

{#- The parts before and after the @ of a normalised e-mail. -#}
{% macro mailbox_of(email) -%} {{ dbt.split_part(email, "'@'", 1) }} {%- endmacro %}

{% macro domain_of(email) -%} {{ dbt.split_part(email, "'@'", 2) }} {%- endmacro %}
