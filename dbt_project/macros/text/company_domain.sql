{#-
    The domain by which a company is known, from a domain or web address; null for a provider of free mail, which shows
    nothing about a person's employer.
-#}
{% macro company_domain(address) -%}
    case
        when {{ bare_domain(address) }} in (select domain from {{ ref("free_mail_domains") }})
        then null
        else {{ bare_domain(address) }}
    end
{%- endmacro %}

{#- A domain or web address without its protocol, its `www.` and its path; null if there is none. -#}
{% macro bare_domain(address) -%}
    nullif(
        replace(
            {{
                dbt.split_part(
                    "replace(replace(lower(" ~ trimmed(address) ~ "), 'https://', ''), 'http://', '')",
                    "'/'",
                    1,
                )
            }},
            'www.',
            ''
        ),
        ''
    )
{%- endmacro %}
