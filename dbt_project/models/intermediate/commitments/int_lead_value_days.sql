-- The target of marketing up to each day of a month, and the value of the leads handed over until then
-- (requirement R4).
with
    pacing as (select * from {{ ref("int_pacing_days") }}),

    lead_types as (select * from {{ ref("stg_agreement__lead_types") }}),

    quota_periods as (select * from {{ source("agreement", "quota_periods") }}),

    first_stages as (select * from {{ source("agreement", "targets") }} where step_number = 1),

    criteria as (select * from {{ source("agreement", "stages") }} where has_criteria),

    delivered as (select * from {{ ref("int_delivered_leads") }}),

    -- Value that is given back is taken off on the day of the rejection, and not where it had been counted.
    movements as (
        select
            agreement_version,
            revenue_stream,
            lead_type,
            handed_over_date as movement_date,
            case when is_counted then 1 else 0 end as leads,
            case when is_counted then 0 else 1 end as leads_not_counted,
            0 as leads_given_back,
            delivered_amount,
            case when has_evidence then delivered_amount else 0 end as with_evidence_amount
        from delivered
        union all
        select
            given_back_version as agreement_version,
            revenue_stream,
            lead_type,
            given_back_date as movement_date,
            0 as leads,
            0 as leads_not_counted,
            1 as leads_given_back,
            - delivered_amount as delivered_amount,
            case when has_evidence then - delivered_amount else 0 end as with_evidence_amount
        from delivered
        where given_back_version is not null
    ),

    movement_days as (
        select
            agreement_version,
            revenue_stream,
            lead_type,
            movement_date,
            sum(leads) as leads,
            sum(leads_not_counted) as leads_not_counted,
            sum(leads_given_back) as leads_given_back,
            sum(delivered_amount) as delivered_amount,
            sum(with_evidence_amount) as with_evidence_amount
        from movements
        group by agreement_version, revenue_stream, lead_type, movement_date
    ),

    promised as (
        select
            pacing.agreement_version,
            pacing.commitment,
            pacing.team,
            lead_types.revenue_stream,
            lead_types.lead_type,
            criteria.stage is not null as is_evidence_agreed,
            pacing.pacing_date,
            pacing.month_date,
            pacing.as_of_date,
            -- Null, not 0, in a month for which no quota is agreed.
            quota_periods.period_amount
            * lead_types.quota_share
            * quota_periods.month_share
            / quota_periods.period_months as month_target_amount,
            -- Multiplied before it is divided, so that a whole month is its target to the cent.
            pacing.due_days_elapsed,
            pacing.due_days_of_month
        from pacing
        inner join lead_types on pacing.agreement_version = lead_types.agreement_version
        left join
            quota_periods
            on lead_types.agreement_version = quota_periods.agreement_version
            and lead_types.revenue_stream = quota_periods.revenue_stream
            and {{ quota_of_month("quota_periods", "pacing.month_date") }}
        left join
            first_stages
            on lead_types.agreement_version = first_stages.agreement_version
            and lead_types.revenue_stream = first_stages.revenue_stream
            and lead_types.lead_type = first_stages.lead_type
        left join
            criteria
            on first_stages.agreement_version = criteria.agreement_version
            and first_stages.stage = criteria.stage
    )

select
    promised.agreement_version,
    promised.commitment,
    promised.team,
    promised.revenue_stream,
    promised.lead_type,
    promised.pacing_date,
    promised.month_date,
    promised.as_of_date,
    coalesce(movement_days.leads, 0) as leads,
    coalesce(movement_days.leads_not_counted, 0) as leads_not_counted,
    coalesce(movement_days.leads_given_back, 0) as leads_given_back,
    coalesce(movement_days.delivered_amount, 0) as delivered_amount,
    case
        when promised.is_evidence_agreed then coalesce(movement_days.with_evidence_amount, 0)
    end as delivered_with_evidence_amount,
    promised.month_target_amount,
    promised.month_target_amount
    * promised.due_days_elapsed
    / promised.due_days_of_month as target_to_date_amount
from promised
left join
    movement_days
    on promised.agreement_version = movement_days.agreement_version
    and promised.revenue_stream = movement_days.revenue_stream
    and promised.lead_type = movement_days.lead_type
    and promised.pacing_date = movement_days.movement_date
