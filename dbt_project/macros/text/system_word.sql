{#-
    A system's own option value as the one label of it, whatever language or internal value an export writes
    (systems/<name>/words.csv); a word that is not the system's own stays as it is.
-#}
{% macro system_word(system, kind, value) -%}
    case
        {%- for label, words in var("words")[system][kind] | dictsort %}
            when
                {{ folded_word(value) }} in (
                    {%- for word in words -%}
                        {{ dbt.string_literal(dbt.escape_single_quotes(word)) }}{{ "," if not loop.last }}
                    {%- endfor -%}
                )
            then {{ dbt.string_literal(dbt.escape_single_quotes(label)) }}
        {%- endfor %}
        else {{ value }}
    end
{%- endmacro %}
