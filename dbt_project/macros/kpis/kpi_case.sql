{#- What a KPI can be divided by: the axis, and the column of its cases that has the part. -#}
{% macro kpi_axes() -%}
    {{
        return(
            {
                "revenue_stream": "revenue_stream",
                "owner": "owner_id",
                "lead_type": "lead_type",
                "channel": "channel",
            }
        )
    }}
{%- endmacro %}

{#-
    The columns of fct_kpi_cases, for `select` from whatever has the cases of one KPI: a part of the numerator, of the denominator,
    or of both; neither is known of a case that has none of them. `axes` names the columns by which it can be divided.
    Facts with the same `case_id` are one case of a mean. A case without `kpi_period` is in the month, the fiscal quarter and the
    total of its date.
-#}
{% macro kpi_case(
    kpi,
    fact_id,
    date,
    numerator="null",
    denominator="null",
    axes=[],
    case_id=none,
    kpi_period="null",
    is_mature="true"
) -%}
    {{ kpi }} as kpi,
    {{ fact_id }} as fact_id,
    {{ case_id or fact_id }} as case_id,
    cast({{ kpi_period }} as string) as kpi_period,
    {{ date }} as happened_date,
    {%- for axis, column in kpi_axes().items() %}
        cast({{ column if axis in axes else "null" }} as string) as {{ column }},
    {%- endfor %}
    cast({{ numerator }} as decimal(24, 6)) as numerator,
    cast({{ denominator }} as decimal(24, 6)) as denominator,
    {{ is_mature }} as is_mature
{%- endmacro %}
