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
    lines.from_stage,
    lines.to_stage,
    lines.agreement_version,
    lines.reviewed_at,
    {{ local_date("lines.reviewed_at") }} as reviewed_date,
    lines.entered,
    lines.converted,
    lines.agreed_rate,
    lines.measured_rate,
    lines.measured_rate_low,
    lines.measured_rate_high,
    lines.proposed_rate,
    lines.basis,
    coalesce(decisions.decision, 'open') as decision,
    decisions.decided_rate,
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
