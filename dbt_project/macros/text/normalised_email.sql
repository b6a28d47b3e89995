{#- The e-mail as two are compared: without blanks, in lower case; null for what is no address. -#}
{% macro normalised_email(email) -%}
    case when {{ trimmed(email) }} like '%_@_%' then lower({{ trimmed(email) }}) end
{%- endmacro %}

{#- What stands before and after the @ of a normalised e-mail. -#}
{% macro mailbox_of(email) -%} {{ dbt.split_part(email, "'@'", 1) }} {%- endmacro %}

{% macro domain_of(email) -%} {{ dbt.split_part(email, "'@'", 2) }} {%- endmacro %}
