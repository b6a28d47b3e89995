{#- A text as an address encodes it (%20, +, %C3%BC), decoded; unchanged where that would not be text. -#}
{% macro url_decoded(text) -%} {{ return(adapter.dispatch("url_decoded")(text)) }} {%- endmacro %}

{% macro duckdb__url_decoded(text) -%}
    coalesce(try(url_decode(replace({{ text }}, '+', ' '))), {{ text }})
{%- endmacro %}

{% macro spark__url_decoded(text) -%}
    coalesce(try_url_decode(replace({{ text }}, '+', ' ')), {{ text }})
{%- endmacro %}
