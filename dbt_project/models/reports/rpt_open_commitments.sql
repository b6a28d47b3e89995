with
    clocks as (select * from {{ ref("rpt_open_clocks") }}),

    persons as (select * from {{ ref("dim_person") }}),

    accounts as (select * from {{ ref("dim_account") }}),

    owners as (select * from {{ ref("dim_owner") }})

select
    clocks.commitment_id,
    -- One state for each: what was missed is overdue, also a step of today whose hour has passed.
    case
        when clocks.urgency = 'backlog'
        then 'backlog'
        when clocks.urgency = 'rework'
        then 'rework'
        when clocks.status = 'missed' and clocks.hours_left < -24 * 30
        then 'overdue for long'
        when clocks.status = 'missed'
        then 'overdue'
        when clocks.urgency in ('due in 24 hours', 'cadence today')
        then 'due soon'
        when clocks.urgency = 'not known yet'
        then 'not known yet'
        else 'safe'
    end as state,
    clocks.team,
    clocks.commitment,
    clocks.owner_id,
    clocks.owner_name,
    owners.team_label,
    owners.absent_until_date,
    covers.owner_name as cover_name,
    clocks.person_id,
    persons.system,
    persons.person_name,
    accounts.account_name,
    persons.record_url,
    clocks.journey_id,
    clocks.stage,
    clocks.revenue_stream,
    clocks.lead_type,
    clocks.source_label,
    clocks.due_at,
    clocks.due_local_at,
    clocks.hours_left,
    clocks.days_left,
    clocks.attempts_left,
    clocks.status,
    clocks.urgency
from clocks
left join persons on clocks.person_id = persons.person_id
left join accounts on persons.account_id = accounts.account_id
left join owners on clocks.owner_id = owners.owner_id
left join owners as covers on owners.cover_owner_id = covers.owner_id
