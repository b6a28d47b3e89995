-- An owner with open work is here also in a month in which nothing was handed over to them.
with
    load as (select * from {{ ref("rpt_rep_load") }}),

    outstanding as (
        select
            owner_id,
            owner_name,
            revenue_stream,
            count(*) filter (where urgency in ('due in 24 hours', 'cadence today')) as due_now,
            count(*) filter (where urgency = 'overdue') as overdue,
            count(*) filter (where urgency = 'backlog') as backlog,
            count(*) filter (where urgency = 'due later') as due_later
        from {{ ref("rpt_open_clocks") }}
        where urgency <> 'rework'
        group by owner_id, owner_name, revenue_stream
    ),

    owners as (select * from {{ ref("dim_owner") }}),

    merged as (
        select
            coalesce(load.owner_id, outstanding.owner_id) as owner_id,
            coalesce(load.owner_name, outstanding.owner_name) as owner_name,
            coalesce(load.revenue_stream, outstanding.revenue_stream) as revenue_stream,
            coalesce(load.month_leads, 0) as month_leads,
            coalesce(load.open_month_leads, 0) as open_month_leads,
            load.leads_per_rep,
            load.utilisation_rate,
            load.is_over_capacity,
            coalesce(outstanding.due_now, 0) as due_now,
            coalesce(outstanding.overdue, 0) as overdue,
            coalesce(outstanding.backlog, 0) as backlog,
            coalesce(outstanding.due_later, 0) as due_later
        from load
        full join
            outstanding
            on coalesce(load.owner_id, '') = coalesce(outstanding.owner_id, '')
            and load.revenue_stream = outstanding.revenue_stream
    )

select
    merged.owner_id,
    merged.owner_name,
    owners.team_label,
    merged.revenue_stream,
    merged.month_leads,
    merged.open_month_leads,
    merged.leads_per_rep,
    merged.utilisation_rate,
    merged.is_over_capacity,
    merged.due_now,
    merged.overdue,
    merged.backlog,
    merged.due_later
from merged
left join owners on merged.owner_id = owners.owner_id
