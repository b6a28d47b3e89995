{#- What an address contains about where its visitor came from: utm parameters and the click ids of ad platforms. -#}
{% macro source_parameters() -%}
    {{
        return(
            {
                "source": "utm_source",
                "medium": "utm_medium",
                "campaign": "utm_campaign",
                "campaign_id": "utm_id",
                "content": "utm_content",
                "term": "utm_term",
                "gclid": "gclid",
                "fbclid": "fbclid",
                "msclkid": "msclkid",
                "li_fat_id": "li_fat_id",
            }
        )
    }}
{%- endmacro %}

{#-
    The rows of a table of visits or forms, with the columns of source_parameters(): where a row has no source of its own, what its
    address contains, the click ids of Google's apps too. `keeps` are the other columns; a table without the columns has null for each.
-#}
{% macro with_address_source(rows, address, keeps, has_columns=true) -%}
    select
        {%- for column in keeps %} {{ column }}, {%- endfor %}
        {%- for column, parameter in source_parameters().items() %}
            {%- set found = address_parameter("address_text", parameter) %}
            {%- if column == "gclid" %}
                {%- set found = [
                    found,
                    address_parameter("address_text", "gbraid"),
                    address_parameter("address_text", "wbraid"),
                ] | join(", ") %}
                {%- set found = "coalesce(" ~ found ~ ")" %}
            {%- elif column in ["campaign", "campaign_id", "content", "term"] %}
                {#- Of a visit with a source of its own, or of none, an address may have such a word for something else. -#}
                {%- set found = (
                    "case when has_address_source and not has_own_source then " ~ found ~ " end"
                ) %}
            {%- endif %}
            {%- if not has_columns %} {{ found }}
            {%- elif column in ["source", "medium"] %}
                case when has_own_source then {{ column }} else coalesce({{ found }}, {{ column }}) end
            {%- elif column in ["campaign", "campaign_id", "content", "term"] %}
                {#- Web analytics write `(not set)` where they know none. -#}
                coalesce(
                    case when {{ column }} not like '(%)' then {{ column }} end, {{ found }}, {{ column }}
                )
            {%- else %}
                case when has_own_source then {{ column }} else coalesce({{ column }}, {{ found }}) end
            {%- endif %} as {{ column }},
        {%- endfor %}
        {% if has_columns %} {{ referrer_source("referrer_host", "page_host") }}
        {% else %} cast(null as string)
        {% endif %} as referrer_label
    from
        (
            select
                *,
                {{
                    matches_regex(
                        "lower(address_text)",
                        "'.*&(utm_source|utm_medium|gclid|gbraid|wbraid|fbclid|msclkid|li_fat_id)=[^&].*'",
                    )
                }} as has_address_source
            from
                (
                    select
                        *,
                        {% if has_columns %} {{ has_source(rows) }}
                        {% else %} false
                        {% endif %} as has_own_source,
                        {%- if has_columns %}
                            {{ bare_domain(dbt.split_part("referrer", "'?'", 1)) }} as referrer_host,
                            {{ bare_domain(dbt.split_part(address, "'?'", 1)) }} as page_host,
                        {%- endif %}
                        '&' || replace(
                            replace(replace({{ address }}, '&amp;', '&'), '?', '&'), '#', '&'
                        ) as address_text
                    from {{ rows }}
                ) as parted
        ) as addressed
{%- endmacro %}

{#- The value of a parameter of an address whose parts are all divided by '&'; the case of its name does not matter. -#}
{% macro address_parameter(address, name) -%}
    {%- set place = dbt.position("'&" ~ name ~ "='", "lower(" ~ address ~ ")") -%}
    {%- set rest = "substring(" ~ address ~ ", " ~ place ~ " + " ~ (name | length + 2) ~ ")" -%}
    case when {{ place }} > 0 then nullif({{ trimmed(url_decoded(dbt.split_part(rest, "'&'", 1))) }}, '') end
{%- endmacro %}

{#- 'source / medium' of the page that a visitor came from: a search engine, or another site; null for a page of the same site. -#}
{% macro referrer_source(referrer_host, page_host) -%}
    {%- set engines = {
        "google": "google\\.[a-z.]+",
        "bing": "bing\\.com",
        "yahoo": "(.+\\.)?(search\\.)?yahoo\\.[a-z.]+",
        "duckduckgo": "duckduckgo\\.com",
        "ecosia": "ecosia\\.org",
        "yandex": "yandex\\.[a-z.]+",
        "baidu": "baidu\\.com",
        "qwant": "qwant\\.com",
    } -%}
    case
        {%- for engine, host in engines.items() %}
            when {{ matches_regex(referrer_host, "'" ~ host ~ "'") }} then '{{ engine }} / organic'
        {%- endfor %}
        when {{ referrer_host }} <> coalesce({{ page_host }}, '')
        then {{ referrer_host }} || ' / referral'
    end
{%- endmacro %}
