{#-
    'source / medium' as web analytics write it. Where the address has no utm parameters, the click id names the
    platform; where it has neither, the page that the visitor came from; where there is none, the visit is direct.
-#}
{% macro source_medium(alias) -%}
    {%- set source = "nullif(lower(" ~ trimmed(alias ~ ".source") ~ "), '')" -%}
    {%- set medium = "nullif(lower(" ~ trimmed(alias ~ ".medium") ~ "), '')" -%}
    case
        when coalesce({{ source }}, '(direct)') not in ('(direct)', 'direct')
        then {{ source }} || ' / ' || coalesce({{ medium }}, '(not set)')
        when coalesce({{ medium }}, '(none)') not in ('(none)', '(not set)')
        then '(not set) / ' || {{ medium }}
        when {{ alias }}.gclid is not null
        then 'google / cpc'
        when {{ alias }}.msclkid is not null
        then 'bing / cpc'
        when {{ alias }}.fbclid is not null
        then 'facebook / paid_social'
        when {{ alias }}.li_fat_id is not null
        then 'linkedin / paid_social'
        else coalesce({{ alias }}.referrer_label, '(direct) / (none)')
    end
{%- endmacro %}

{#- The ad platform whose click id an address has; null if none. -#}
{% macro click_system(alias) -%}
    case
        when {{ alias }}.gclid is not null
        then 'google_ads'
        when {{ alias }}.msclkid is not null
        then 'microsoft_ads'
        when {{ alias }}.fbclid is not null
        then 'meta_ads'
        when {{ alias }}.li_fat_id is not null
        then 'linkedin_ads'
    end
{%- endmacro %}

{#- The platform of a touch's click id where the touch names no campaign, else none: by it the campaign may be known. -#}
{% macro click_for_campaign(alias) -%}
    case when {{ alias }}.campaign_label is null then coalesce({{ alias }}.click_system, '') else '' end
{%- endmacro %}

{#- True when a row shows where its visitor came from; what web analytics write where they do not know it does not. -#}
{% macro has_source(alias) -%}
    (
        coalesce(lower({{ trimmed(alias ~ ".source") }}), '') not in ('', '(direct)', 'direct', '(not set)')
        or coalesce(lower({{ trimmed(alias ~ ".medium") }}), '') not in ('', '(none)', '(not set)')
        or coalesce({{ alias }}.gclid, {{ alias }}.msclkid, {{ alias }}.fbclid, {{ alias }}.li_fat_id)
        is not null
    )
{%- endmacro %}

{#- An address without its parameters: they may contain an e-mail, and pages are published. -#}
{% macro page_of(address) -%}
    nullif({{ dbt.split_part(dbt.split_part(address, "'?'", 1), "'#'", 1) }}, '')
{%- endmacro %}
