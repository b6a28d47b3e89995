-- The target of marketing up to each day of a month, and the value of the leads handed over until then
-- (requirement R4).
with
    pacing as (select * from {{ ref("int_pacing_days") }}),

    targets as (select * from {{ ref("int_lead_value_targets") }}),

    first_stages as (select * from {{ source("agreement", "targets") }} where step_number = 1),

    criteria as (select * from {{ source("agreement", "stages") }} where has_criteria),

    movements as (select * from {{ ref("int_lead_value_movements") }}),

    promised as (
        select
            pacing.agreement_version,
            pacing.commitment,
            pacing.team,
            targets.revenue_stream,
            targets.lead_type,
            criteria.stage is not null as is_evidence_agreed,
            pacing.pacing_date,
            pacing.month_date,
            pacing.as_of_date,
            targets.carried_amount,
            targets.month_target_amount,
            -- Multiplied before it is divided, so that a whole month is its target to the cent.
            pacing.due_days_elapsed,
            pacing.due_days_of_month
        from pacing
        inner join
            targets
            on pacing.agreement_version = targets.agreement_version
            and pacing.commitment = targets.commitment
            and pacing.month_date = targets.month_date
        left join
            first_stages
            on targets.agreement_version = first_stages.agreement_version
            and targets.revenue_stream = first_stages.revenue_stream
            and targets.lead_type = first_stages.lead_type
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
    coalesce(movements.leads, 0) as leads,
    coalesce(movements.leads_not_counted, 0) as leads_not_counted,
    coalesce(movements.leads_given_back, 0) as leads_given_back,
    coalesce(movements.delivered_amount, 0) as delivered_amount,
    case
        when promised.is_evidence_agreed then coalesce(movements.with_evidence_amount, 0)
    end as delivered_with_evidence_amount,
    coalesce(movements.disputed_amount, 0) as disputed_amount,
    promised.month_target_amount,
    promised.month_target_amount
    * promised.due_days_elapsed
    / promised.due_days_of_month as target_to_date_amount,
    promised.carried_amount * promised.due_days_elapsed / promised.due_days_of_month as carried_to_date_amount
from promised
left join
    movements
    on promised.agreement_version = movements.agreement_version
    and promised.revenue_stream = movements.revenue_stream
    and promised.lead_type = movements.lead_type
    and promised.pacing_date = movements.movement_date
