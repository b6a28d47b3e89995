{#-
    The number of people that a text gives, the fewest of a range: `11-50` is 11, `1,000+` and `~1.000` 1000, `1.5k` 1500, `< 10` 1.
    Null for a text without a number, for example the date that a spreadsheet makes of a range (`Nov-50`, `10-Jan`).
-#}
{% macro head_count(text) -%}
    {%- set plain = "lower(" ~ trimmed(text) ~ ")" -%}
    {%- set start = "^(?:about|approx[.]?|around|ca[.]?|circa|more than|over|at least|oltre)?[^0-9a-z]*" -%}
    {%- set less = text_group(plain, "^(<|less than|fewer than|under|below|up to|fino a) *[0-9]", 1) -%}
    {%- set thousands = text_group(plain, start ~ "([0-9]+(?:[.,][0-9])?) ?k(?:[^a-z]|$)", 1) -%}
    {%- set number = text_group(
        plain,
        start
        ~ "([0-9]{1,3}(?:[., ’][0-9]{3})+|[0-9]+)(?:[.,][0-9]{1,2})?(?:[^0-9a-z.,-]|[+-][^a-z]|[+]?$| [a-z])",
        1,
    ) -%}
    case
        when {{ less }} != ''
        then 1
        when {{ thousands }} != ''
        then
            cast(
                {{ cast_or_null("replace(" ~ thousands ~ ", ',', '.')", "decimal(18, 1)") }} * 1000 as bigint
            )
        else
            {{
                cast_or_null(
                    "replace(replace(replace(replace("
                    ~ number
                    ~ ", '.', ''), ',', ''), ' ', ''), '’', '')",
                    "bigint",
                )
            }}
    end
{%- endmacro %}
