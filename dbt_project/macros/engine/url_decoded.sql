{#- A text as an address encodes it (%20, +, %C3%BC), decoded; unchanged where that would not be text. -#}
{% macro url_decoded(text) -%} {{ return(adapter.dispatch("url_decoded")(text)) }} {%- endmacro %}

{% macro duckdb__url_decoded(text) -%}
    coalesce(try(url_decode(replace({{ text }}, '+', ' '))), {{ text }})
{%- endmacro %}

{#- Spark decodes bytes that are no text to the sign of such bytes; a text that has that sign itself keeps it. -#}
{% macro spark__url_decoded(text) -%}
    {%- set decoded = "try_url_decode(replace(" ~ text ~ ", '+', ' '))" %}
    {%- set sign = "decode(unhex('EFBFBD'), 'UTF-8')" %}
    case
        when
            contains({{ decoded }}, {{ sign }})
            and not contains(replace(upper({{ text }}), '%EF%BF%BD', {{ sign }}), {{ sign }})
        then {{ text }}
        else coalesce({{ decoded }}, {{ text }})
    end
{%- endmacro %}
