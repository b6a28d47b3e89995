-- Which facts each KPI is made of. A KPI more is a row of known_kpis and its cases in one of these macros.
{%- set groups = [
    "cost",
    "lead",
    "session",
    "stage",
    "qualification",
    "attribution",
    "deal",
    "survey",
    "revenue",
    "growth",
    "retention",
    "value",
] %}
with
    {{ lead_kpi_cases() }},

    {{ session_kpi_cases() }},

    {{ stage_kpi_cases() }},

    {{ qualification_kpi_cases() }},

    {{ attribution_kpi_cases() }},

    {{ deal_kpi_cases() }},

    {{ survey_kpi_cases() }},

    {{ revenue_kpi_cases() }},

    {{ retention_kpi_cases() }},

    {{ value_kpi_cases() }}

{%- for group in groups %}
    select * from {{ group }}_kpi_cases {{ "union all" if not loop.last }}
{%- endfor %}
