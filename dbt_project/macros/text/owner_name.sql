{#-
    A name as people write it: without the suffix that tools add to the name of a user who left, such as
    `(Deactivated User)`, `(deactivated)`, `[Inactive]`, and without blanks too many.
-#}
{% macro plain_name(text) -%}
    {%- set blanks -%}
        replace(replace(replace({{ trimmed("replace(" ~ text ~ ", chr(160), ' ')") }}, ' ', '{}'), '}{', ''), '{}', ' ')
    {%- endset -%}
    {%- set gone = "deactivated|inactive|disabled|deleted|removed|archived" -%}
    coalesce(
        nullif({{ text_group(blanks, "(?i)^(.*?) ?[(\\[](" ~ gone ~ ")( user)?[)\\]]$", 1) }}, ''),
        {{ blanks }}
    )
{%- endmacro %}

{#- The name in the form in which two are compared. A name with a digit may be an id, in which upper and lower case differ. -#}
{% macro name_key(text) -%}
    case when {{ holds_digit(text) }} then {{ plain_name(text) }} else lower({{ plain_name(text) }}) end
{%- endmacro %}

{#- True where a text contains a digit: no name of a human does, and most ids do. -#}
{% macro holds_digit(text) -%} {{ text_group(text, "[0-9]", 0) }} <> '' {%- endmacro %}
