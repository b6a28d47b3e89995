{#-
    The stage and the pipeline in `Closed Won (Sales Pipeline (DACH))`: the pipeline is in the last brackets that pair up. The names of both can contain
    brackets; of the record's own pipeline the name is known, and need not pair up.
-#}
{% macro stage_of_pipeline(key, pipeline="cast(null as string)") -%}
    {%- set pair = "^(.+?) \\((" ~ in_brackets() ~ ")\\)$" -%}
    case
        when right({{ key }}, length({{ pipeline }}) + 3) = ' (' || {{ pipeline }} || ')'
        then left({{ key }}, length({{ key }}) - length({{ pipeline }}) - 3)
        else
            coalesce(
                nullif({{ text_group(key, pair, 1) }}, ''), {{ text_group(key, "^(.+) \\((.+)\\)$", 1) }}
            )
    end
{%- endmacro %}

{% macro pipeline_of_stage(key, pipeline="cast(null as string)") -%}
    {%- set pair = "^(.+?) \\((" ~ in_brackets() ~ ")\\)$" -%}
    case
        when right({{ key }}, length({{ pipeline }}) + 3) = ' (' || {{ pipeline }} || ')'
        then {{ pipeline }}
        else
            coalesce(
                nullif({{ text_group(key, pair, 2) }}, ''), {{ text_group(key, "^(.+) \\((.+)\\)$", 2) }}
            )
    end
{%- endmacro %}

{#- A text in which brackets pair up, at most three deep. -#}
{% macro in_brackets() -%}
    {%- set deep = "(?:[^()]|\\([^()]*\\))*" -%} {{ return("(?:[^()]|\\(" ~ deep ~ "\\))*") }}
{%- endmacro %}
