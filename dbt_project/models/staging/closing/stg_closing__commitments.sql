-- Before each commitment was kept when it settles, a month was closed at one instant with all that it had: a
-- commitment that was not due then was kept too early, and is not a figure.
with
    commitments as (select * from {{ source("closing", "commitments") }}),

    months as (select * from {{ source("closing", "months") }})

select
    commitments.commitment_id,
    commitments.agreement_version,
    commitments.team,
    commitments.kind,
    commitments.commitment,
    commitments.started_date,
    commitments.month_date,
    commitments.owner_id,
    commitments.revenue_stream,
    commitments.lead_type,
    commitments.clock_type,
    commitments.started_at,
    commitments.due_at,
    commitments.stopped_at,
    commitments.excused_at,
    coalesce(commitments.settles_at, months.closed_at) as settles_at,
    commitments.target,
    commitments.actual,
    commitments.target_rate,
    commitments.attainment_rate,
    case
        commitments.status
        when 'met'
        then 'kept'
        when 'breached'
        then 'missed'
        when 'pending'
        then 'open'
        else commitments.status
    end as status,
    commitments.status_reason,
    commitments.cases,
    -- A commitment kept by an earlier product version has the stop rule alone.
    coalesce(
        commitments.excuse_reason,
        case
            when commitments.kept_at is not null or commitments.status <> 'excused'
            then null
            when commitments.status_reason = 'reply'
            then 'replied'
            when commitments.status_reason = 'stage_exit'
            then 'not known'
            when commitments.kind in ('clock', 'cadence')
            then commitments.status_reason
        end
    ) as excuse_reason,
    coalesce(commitments.is_own_exit, false) as is_own_exit,
    coalesce(commitments.kept_at, months.closed_at) as kept_at,
    commitments.kept_at is null and commitments.due_at >= months.closed_at as is_premature
from commitments
left join months on commitments.month_date = months.month_date
