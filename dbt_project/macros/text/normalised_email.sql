{#-
    The e-mail in the form in which two are compared: in lower case; null for a text without an address. Of several addresses in one cell, and of
    `Anna Prova <anna@prova.example>` or `mailto:anna@prova.example`, it is the first address.
-#}
{% macro normalised_email(email) -%}
    nullif({{ text_group("lower(" ~ email ~ ")", email_pattern(), 0) }}, '')
{%- endmacro %}

{#- One row per address in a cell, in a select; a cell without one has no row. -#}
{% macro normalised_emails(email) -%}
    {{ text_matches("lower(" ~ email ~ ")", email_pattern()) }}
{%- endmacro %}

{#- An address as people write it: no blank, no mark that separates or surrounds it; \x27 is the apostrophe, which names contain. -#}
{% macro email_pattern() -%}
    {%- set marks = '\\s;,|<>()"\\[\\]:@' -%}
    {{ return("[^" ~ marks ~ "/\\x27][^" ~ marks ~ "]*@[^" ~ marks ~ "?/]*[^" ~ marks ~ "?/.\\x27]") }}
{%- endmacro %}

{#- The parts before and after the @ of a normalised e-mail. -#}
{% macro mailbox_of(email) -%} {{ dbt.split_part(email, "'@'", 1) }} {%- endmacro %}

{% macro domain_of(email) -%} {{ dbt.split_part(email, "'@'", 2) }} {%- endmacro %}
