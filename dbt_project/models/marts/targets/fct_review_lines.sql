with
    lines as (select * from {{ source("company", "review_lines") }}),

    -- Each line's last decision is the one that holds.
    decisions as (
        select
            *,
            row_number() over (partition by review_period, line order by decision_number desc) as place,
            count(*) over (partition by review_period, line) as decisions
        from {{ source("company", "review_decisions") }}
    )

select
    lines.review_period,
    lines.line,
    lines.revenue_stream,
    lines.lead_type,
    nullif(lines.from_stage, '') as from_stage,
    nullif(lines.to_stage, '') as to_stage,
    lines.review_measure,
    lines.unit,
    lines.agreement_version,
    lines.reviewed_at,
    {{ local_date("lines.reviewed_at") }} as reviewed_date,
    lines.entered,
    lines.converted,
    lines.agreed_value,
    lines.measured_value,
    lines.measured_low,
    lines.measured_high,
    lines.proposed_value,
    lines.basis,
    coalesce(decisions.decision, 'open') as decision,
    decisions.decided_value,
    decisions.decision_reason,
    decisions.decision_by,
    decisions.decided_date,
    coalesce(decisions.decisions, 0) as decisions
from lines
left join
    decisions
    on lines.review_period = decisions.review_period
    and lines.line = decisions.line
    and decisions.place = 1
