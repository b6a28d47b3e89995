{#-
    A system's own option value as the one label of it, whatever language or internal value an export writes
    (systems/<name>/words.csv); a word that is not the system's own stays as it is.
-#}
{% macro system_word(system, kind, value) -%}
    case
        {%- for label, words in var("words")[system][kind] | dictsort %}
            when {{ folded_word(value) }} in {{ word_list(words) }}
            then {{ dbt.string_literal(dbt.escape_single_quotes(label)) }}
        {%- endfor %}
        else {{ value }}
    end
{%- endmacro %}

{#-
    The same for a word of a reference file, which a company writes as its export does: of the row's system, for the kinds
    of words that the column contains.
-#}
{% macro reference_word(column) -%}
    {%- set kinds = {
        "stage_label": ["lifecycle_stage", "deal_stage"],
        "source_label": ["source"],
        "stream_label": ["pipeline"],
        "outcome_label": [
            "call_outcome",
            "call_status",
            "email_status",
            "meeting_outcome",
            "task_status",
        ],
    }.get(column, []) -%}
    {%- set branches = [] -%}
    {%- for system, words in var("words") | dictsort -%}
        {%- for kind in kinds if kind in words -%}
            {%- for label, spellings in words[kind] | dictsort -%}
                {%- do branches.append(
                    "when system = "
                    ~ dbt.string_literal(system)
                    ~ " and "
                    ~ folded_word(column)
                    ~ " in "
                    ~ word_list(spellings)
                    ~ " then "
                    ~ dbt.string_literal(dbt.escape_single_quotes(label))
                ) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if branches -%} case {{ branches | join(" ") }} else {{ column }} end
    {%- else -%} {{ column }}
    {%- endif -%}
{%- endmacro %}

{% macro word_list(words) -%}
    (
        {%- for word in words -%}
            {{ dbt.string_literal(dbt.escape_single_quotes(word)) }}{{ "," if not loop.last }}
        {%- endfor -%}
    )
{%- endmacro %}
