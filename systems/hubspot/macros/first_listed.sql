{#- The first part of a text list such as `9001;9002`, trimmed; null if there is none. -#}
{% macro first_listed(list) -%} nullif({{ trimmed(dbt.split_part(list, "';'", 1)) }}, '') {%- endmacro %}

{#- Of the first part of a list of names, `Acme (acme.example);Other`: the name, and what is in the brackets, in lower case. -#}
{% macro listed_name(list) -%}
    lower({{ trimmed(text_group(dbt.split_part(list, "';'", 1), "^([^(]*)", 1)) }})
{%- endmacro %}

{% macro listed_domain(list) -%}
    lower({{ trimmed(text_group(dbt.split_part(list, "';'", 1), "[(]([^()]+)[)]", 1)) }})
{%- endmacro %}
