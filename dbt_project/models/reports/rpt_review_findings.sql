{%- set kinds = [
    "bottlenecks",
    "improvements",
    "breaches",
    "drifts",
    "deliveries",
    "sources",
    "running",
    "unkeepable",
    "forecasts",
] -%}

with
    build as (select * from {{ ref("dim_build") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    targets as (select * from {{ ref("dim_target") }}),

    measures as (select * from {{ ref("fct_review_measures") }} where review_measure = 'step_rate'),

    clocks as (select * from {{ ref("fct_reported_commitments") }} where kind = 'clock'),

    lead_values as (select * from {{ ref("fct_reported_commitments") }} where kind = 'lead_value'),

    missed_clocks as (select * from {{ ref("fct_missed_clocks") }}),

    handoffs as (select * from {{ ref("fct_handoffs") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    reasons as (select * from {{ ref("fct_reasons") }}),

    pairs as (select * from {{ ref("fct_stage_conversions") }}),

    stages as (select from_stage as stage, max(from_rank) as stage_rank from pairs group by from_stage),

    costs as (select * from {{ ref("fct_costs") }}),

    team_months as (select * from {{ ref("rpt_team_compliance") }}),

    missed_runs as (select * from {{ ref("rpt_missed_months") }}),

    owner_months as (select * from {{ ref("rpt_sla_compliance_month") }} where kind in ('clock', 'cadence')),

    quarter_forecasts as (select * from {{ ref("rpt_quarter_forecast") }} where not is_running_quarter),

    {{ bottleneck_findings() }},

    {{ breach_findings() }},

    {{ drift_findings() }},

    {{ delivery_findings() }},

    {{ source_findings() }},

    {{ promise_findings() }},

    {{ forecast_findings() }},

    findings as (
        {%- for kind in kinds %}
            select *
            from {{ kind }}
            {% if not loop.last %}
                union all
            {% endif %}
        {%- endfor %}
    ),

    -- The signer of the team that answers for it, in the version in force.
    signers as (
        select versions.marketing_signed_by, versions.sales_signed_by
        from versions
        inner join build on versions.effective_from <= build.as_of_date
        qualify row_number() over (order by versions.effective_from desc) = 1
    )

select
    findings.review_period,
    findings.period_from,
    findings.period_to,
    findings.agreement_version,
    findings.finding,
    findings.finding_kind,
    findings.result,
    findings.team,
    findings.commitment,
    findings.revenue_stream,
    findings.lead_type,
    findings.about,
    findings.cases,
    findings.unit,
    {%- for figure in ["value", "value_low", "value_high", "compared_value"] %}
        {{ rounded("findings." ~ figure, 9) }} as {{ figure }},
    {%- endfor %}
    findings.amount_reporting,
    case
        findings.team
        when 'marketing'
        then signers.marketing_signed_by
        when 'sales'
        then signers.sales_signed_by
    end as proposed_owner,
    case
        when findings.finding_kind in ('breach', 'promise', 'delivery', 'source')
        then {{ add_months("findings.period_to", 1) }}
        else
            {{
                add_months(
                    "findings.period_to", months_between("findings.period_from", "findings.period_to")
                )
            }}
    end as proposed_date,
    cast(
        row_number() over (
            partition by findings.review_period, findings.period_from
            order by coalesce(abs(findings.amount_reporting), 0) desc, findings.cases desc, findings.finding
        ) as integer
    ) as finding_rank
from findings
cross join signers
