{#- The web domain of a website, else of an e-mail: lower case, without `www.`; null if there is none. -#}
{% macro web_domain(website, email) -%}
    coalesce({{ bare_domain(website) }}, nullif({{ domain_of(normalised_email(email)) }}, ''))
{%- endmacro %}
