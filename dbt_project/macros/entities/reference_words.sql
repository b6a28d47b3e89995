{#-
    The rows of a dated reference table whose `words` are compared as words: in one form, and each once. `meanings` are the
    columns that give them their meaning.
-#}
{% macro reference_words(table, words, meanings) -%}
    select distinct
        system,
        {%- for word in words %} {{ folded_word(reference_word(word)) }} as {{ word }}, {%- endfor %}
        {{ meanings | join(", ") }},
        valid_from,
        valid_to
    from {{ source("reference", table) }}
{%- endmacro %}
