-- What a status is computed from. A lead of no agreed type has no value, so it is in no lead value; a clock
-- without an owner is the team's, and in no owner's figure.
with
    commitments as (select * from {{ ref("fct_commitments") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    transitions as (select * from {{ ref("int_stage_transitions") }} where not is_inferred),

    delivered as (select * from {{ ref("int_delivered_leads") }}),

    -- Every journey that entered the stage of the handoff, whatever its type.
    handoffs as (
        select transitions.journey_id, min(transitions.entered_at) as entered_at
        from transitions
        inner join
            versions
            on transitions.agreement_version = versions.agreement_version
            and transitions.stage = versions.handoff_stage
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
        full outer join delivered on handoffs.journey_id = delivered.journey_id
        group by 1
    ),

    promised as (
        select
            month_date,
            team,
            commitment,
            kind,
            count(*) as commitments,
            count(owner_id) as owned,
            bool_or(coalesce(kind = 'lead_value' and status_reason = 'not known yet', false)) as is_unknown
        from commitments
        group by month_date, team, commitment, kind
    ),

    counted as (
        select
            promised.month_date,
            promised.team,
            promised.commitment,
            promised.kind,
            case
                when promised.kind = 'lead_value'
                then coalesce(handed_over.leads, 0)
                else promised.commitments
            end as row_count,
            case
                when promised.kind = 'lead_value'
                then coalesce(handed_over.typed_leads, 0)
                else promised.commitments
            end as covered_rows,
            case when promised.kind in ('clock', 'cadence') then promised.owned end as owned_rows,
            promised.is_unknown
        from promised
        left join handed_over on promised.month_date = handed_over.month_date
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
    is_unknown or {{ is_too_little("coverage_rate") }} as is_withheld,
    case
        when is_unknown
        then 'the files with leads end before it does'
        when {{ is_too_little("coverage_rate") }}
        then 'too many leads without an agreed type'
    end as withheld_reason,
    owned_rows,
    owned_rate,
    {{ is_too_little("owned_rate") }} as is_withheld_by_owner,
    case
        when {{ is_too_little("owned_rate") }} then 'too many without an owner'
    end as withheld_by_owner_reason
from rated
