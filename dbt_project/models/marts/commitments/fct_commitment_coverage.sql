{%- set is_unknown -%}
    commitments.kind = 'lead_value' and commitments.status_reason in ('no quota agreed', 'not known yet')
{%- endset -%}
-- What a status is computed from: leads of an agreed type, clocks with an owner, deals of a kind and stream.
with
    commitments as (select * from {{ ref("fct_commitments") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    handoffs as (
        select transitions.journey_id, min(transitions.entered_at) as entered_at
        from {{ ref("int_stage_transitions") }} as transitions
        inner join
            versions
            on transitions.agreement_version = versions.agreement_version
            and transitions.stage = versions.handoff_stage
        where not transitions.is_inferred
        group by transitions.journey_id
    ),

    handed_over as (
        select
            cast(
                date_trunc(
                    'month', coalesce(delivered.handed_over_date, {{ local_date("handoffs.entered_at") }})
                ) as date
            ) as month_date,
            count(*) as leads,
            count(delivered.journey_id) as typed_leads
        from handoffs
        full outer join
            {{ ref("int_delivered_leads") }} as delivered on handoffs.journey_id = delivered.journey_id
        group by 1
    ),

    opportunities as (
        select *
        from {{ ref("fct_opportunities") }}
        where status in ('won', 'lost') and coalesce(is_new_business, true)
    ),

    closed_deals as (
        select
            measures.commitment,
            {{ last_month_of("measures.period", "measures.period_date") }} as month_date,
            count(distinct opportunities.opportunity_id) as deals,
            count(distinct opportunities.opportunity_id) filter (
                where
                    opportunities.is_new_business
                    and {{ is_of_streams("opportunities.revenue_stream", "measures.revenue_streams") }}
            ) as known_deals
        from {{ ref("int_measure_periods") }} as measures
        inner join
            opportunities
            on opportunities.closed_date >= measures.period_date
            and opportunities.closed_at < measures.due_at
        -- A deal of no known stream may be of those that a measure is of.
        where
            (
                measures.measure = 'win_rate'
                or (measures.measure = 'sales_cycle_days' and opportunities.status = 'won')
            )
            and (
                {{ is_of_streams("opportunities.revenue_stream", "measures.revenue_streams") }}
                or opportunities.revenue_stream = 'unknown'
            )
        group by 1, 2
    ),

    promised as (
        select
            commitments.month_date,
            commitments.team,
            commitments.commitment,
            commitments.kind,
            count(*) as commitments,
            count(commitments.owner_id) as owned,
            max_by(versions.known_share_rate, versions.effective_from) as known_share_rate,
            min(commitments.status_reason) filter (where {{ is_unknown }}) as unknown_reason
        from commitments
        inner join versions on commitments.agreement_version = versions.agreement_version
        group by commitments.month_date, commitments.team, commitments.commitment, commitments.kind
    ),

    counted as (
        select
            promised.month_date,
            promised.team,
            promised.commitment,
            promised.kind,
            promised.known_share_rate,
            case
                when promised.kind = 'lead_value'
                then coalesce(handed_over.leads, 0)
                else coalesce(closed_deals.deals, promised.commitments)
            end as row_count,
            case
                when promised.kind = 'lead_value'
                then coalesce(handed_over.typed_leads, 0)
                else coalesce(closed_deals.known_deals, promised.commitments)
            end as covered_rows,
            case when promised.kind in ('clock', 'cadence') then promised.owned end as owned_rows,
            promised.unknown_reason,
            promised.unknown_reason is not null as is_unknown
        from promised
        left join handed_over on promised.month_date = handed_over.month_date
        left join
            closed_deals
            on promised.month_date = closed_deals.month_date
            and promised.commitment = closed_deals.commitment
    ),

    rated as (
        select
            *,
            covered_rows / nullif(cast(row_count as double), 0) as coverage_rate,
            owned_rows / nullif(cast(row_count as double), 0) as owned_rate
        from counted
    )

select
    month_date,
    team,
    commitment,
    kind,
    row_count,
    covered_rows,
    coverage_rate,
    is_unknown,
    is_unknown or {{ is_too_little("coverage_rate", "known_share_rate") }} as is_withheld,
    case
        when unknown_reason = 'no quota agreed'
        then 'no quota is agreed for a part of it'
        when is_unknown and (select count(*) from handed_over) = 0
        then 'no lead was handed over, or nobody recorded when'
        when is_unknown
        then 'the files with leads end before it does'
        when not {{ is_too_little("coverage_rate", "known_share_rate") }}
        then null
        when kind = 'lead_value'
        then 'of the leads have no agreed type'
        else 'of the deals are of a kind or stream that nobody has explained'
    end as withheld_reason,
    owned_rows,
    owned_rate,
    {{ is_too_little("owned_rate", "known_share_rate") }} as is_withheld_by_owner,
    case
        when {{ is_too_little("owned_rate", "known_share_rate") }} then 'too many without an owner'
    end as withheld_by_owner_reason
from rated
