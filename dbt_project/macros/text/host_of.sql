{#- The host of a domain or web address, without protocol, path and port; null if there is none. -#}
{% macro host_of(address) -%}
    {%- set bare = "replace(replace(lower(" ~ trimmed(address) ~ "), 'https://', ''), 'http://', '')" -%}
    nullif({{ dbt.split_part(dbt.split_part(bare, "'/'", 1), "':'", 1) }}, '')
{%- endmacro %}

{#- The same without its `www.`, as a system's column has it. -#}
{% macro bare_domain(address) -%} nullif(replace({{ host_of(address) }}, 'www.', ''), '') {%- endmacro %}
