with
    lines as (select * from {{ source("company", "review_lines") }}),

    -- Each line's last decision is the one that holds; that an action is done changes no decision.
    decisions as (
        select
            *,
            row_number() over (
                partition by review_period, line, decision = 'done' order by decision_number desc
            ) as place,
            count(*) over (partition by review_period, line) as decisions
        from {{ source("company", "review_decisions") }}
    ),

    held as (select * from decisions where place = 1 and decision <> 'done'),

    -- What was decided after it has opened the action again.
    done as (select * from decisions where place = 1 and decision = 'done')

select
    lines.review_period,
    lines.line,
    coalesce(
        lines.item_text,
        replace(
            case
                when lines.review_measure = 'step_rate'
                then
                    lines.revenue_stream
                    || ', '
                    || lines.lead_type
                    || ': '
                    || lines.from_stage
                    || ' to '
                    || lines.to_stage
                else lines.revenue_stream || ': ' || lines.review_measure
            end,
            '_',
            ' '
        )
    ) as line_text,
    lines.item_text is not null as is_item,
    lines.figures,
    lines.team,
    lines.proposed_owner,
    lines.proposed_due_date,
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
    coalesce(held.decision, 'open') as decision,
    held.decided_value,
    held.decision_reason,
    held.decision_by,
    held.decided_date,
    coalesce(held.decisions, 0) as decisions,
    held.action_owner,
    held.due_date,
    done.decided_date as done_date,
    done.decision_by as done_by,
    done.decision_reason as done_reason
from lines
left join held on lines.review_period = held.review_period and lines.line = held.line
left join
    done
    on held.review_period = done.review_period
    and held.line = done.line
    and held.decision_number < done.decision_number
