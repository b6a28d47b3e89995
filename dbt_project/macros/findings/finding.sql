{#-
    The columns of rpt_review_findings, for `select` from whatever has the figures of one kind; `key` are the parts of
    the name after the kind, `figures` are by column.
-#}
{% macro finding(kind, key, figures) -%}
    {%- set columns = {
        "result": "string",
        "team": "string",
        "commitment": "string",
        "revenue_stream": "string",
        "lead_type": "string",
        "about": "string",
        "cases": "bigint",
        "unit": "string",
        "value": "double",
        "value_low": "double",
        "value_high": "double",
        "compared_value": "double",
        "amount_reporting": "decimal(24, 6)",
    } -%}
    review_period,
    period_from,
    period_to,
    agreement_version,
    '{{ kind }}/' || replace({{ key | join(" || '/' || ") }}, ' ', '_') as finding,
    '{{ kind }}' as finding_kind
    {%- for column, type in columns.items() %}
        , cast({{ figures.get(column, "null") }} as {{ type }}) as {{ column }}
    {%- endfor %}
{%- endmacro %}

{#-
    z of the evidence that a finding needs against an agreed figure: of the twenty comparisons of a review in which
    nothing has changed, chance explains one in forty (0.00135 x 20).
-#}
{% macro finding_z() -%} {{ return(3) }} {%- endmacro %}

{#- Two shares that have each been counted: their 95 % intervals do not meet, which is z = 2.8 or more. -#}
{% macro is_apart(low, high, other_low, other_high) -%}
    ({{ low }} > {{ other_high }} or {{ high }} < {{ other_low }})
{%- endmacro %}

{#- All months of the period are in the counted ones. -#}
{% macro is_whole_period(months) -%}
    {{ months }} = {{ months_between("period_from", "period_to") }}
{%- endmacro %}

{#- Null stays null; `rounded` at six digits keeps a figure the same in every run. -#}
{% macro share_of_cases(part, cases) -%} {{ part }} / cast({{ cases }} as double) {%- endmacro %}
