{#- The web domain of a website, else of an e-mail: lower case, without `www.`; null if there is none. -#}
{% macro web_domain(website, email) -%}
    {%- set address = namespace(text="lower(trim(" ~ website ~ "))") -%}
    {%- for prefix in ["'https://'", "'http://'", "'www.'"] -%}
        {%- set address.text = dbt.replace(address.text, prefix, "''") -%}
    {%- endfor -%}
    coalesce(
        nullif({{ dbt.split_part(address.text, "'/'", 1) }}, ''),
        nullif({{ dbt.split_part("lower(trim(" ~ email ~ "))", "'@'", 2) }}, '')
    )
{%- endmacro %}
