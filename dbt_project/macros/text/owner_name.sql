{#-
    A name as people write it: without the suffix that tools add to the name of a user who left, such as
    `(Deactivated User)`, `(Utente disattivato)`, `[Inactive]`, and without blanks too many.
-#}
{% macro plain_name(text) -%}
    {%- set blanks -%}
        replace(replace(replace({{ trimmed("replace(" ~ text ~ ", chr(160), ' ')") }}, ' ', '{}'), '}{', ''), '{}', ' ')
    {%- endset -%}
    {%- set gone = [
        "deactivated|inactive|disabled|deleted|removed|archived|suspended",
        "disattivat[oa]|inattiv[oa]|disabilitat[oa]|eliminat[oa]|rimoss[oa]",
        "desactivad[oa]|inactiv[oa]|eliminad[oa]|desativad[oa]|inativ[oa]|exclu[ií]d[oa]|removid[oa]",
        "deaktiviert(?:er|e)?|inaktiv(?:er|e)?|gelöscht(?:er|e)?|désactivée?|inactif|supprimée?",
    ] | join("|") -%}
    {%- set user = "(?:user|utente|usuario|usuário|benutzer(?:in)?|nutzer(?:in)?|utilisat(?:eur|rice))" -%}
    {%- set end = "[(\\[](?:" ~ user ~ " )?(?:" ~ gone ~ ")(?: " ~ user ~ ")?[)\\]]$" -%}
    coalesce(nullif({{ text_group(blanks, "(?i)^(.*?) ?" ~ end, 1) }}, ''), {{ blanks }})
{%- endmacro %}

{#- The name in the form in which two are compared. A name with a digit may be an id, in which upper and lower case differ. -#}
{% macro name_key(text) -%}
    case when {{ holds_digit(text) }} then {{ plain_name(text) }} else lower({{ plain_name(text) }}) end
{%- endmacro %}

{#- True where a text contains a digit: no name of a human does, and most ids do. -#}
{% macro holds_digit(text) -%} {{ text_group(text, "[0-9]", 0) }} <> '' {%- endmacro %}
