-- An owner with open work is here also when nothing was handed over to them.
with
    build as (
        select cast(date_trunc('month', as_of_date) as date) as as_of_month_date from {{ ref("dim_build") }}
    ),

    load as (
        select rpt_rep_load.*, rpt_rep_load.month_date = build.as_of_month_date as is_this_month
        from {{ ref("rpt_rep_load") }} as rpt_rep_load
        cross join build
    ),

    handed_over as (
        select
            owner_id,
            owner_name,
            revenue_stream,
            sum(month_leads) filter (where is_this_month) as month_leads,
            sum(open_month_leads) filter (where is_this_month) as open_month_leads,
            max(leads_per_rep) filter (where is_this_month) as leads_per_rep,
            sum(month_leads) filter (where not is_this_month) as last_month_leads,
            max(leads_per_rep) filter (where not is_this_month) as last_month_leads_per_rep
        from load
        group by owner_id, owner_name, revenue_stream
    ),

    outstanding as (
        select
            owner_id,
            owner_name,
            revenue_stream,
            count(*) filter (where urgency in ('due in 24 hours', 'cadence today')) as due_now,
            count(*) filter (where urgency = 'overdue') as overdue,
            count(*) filter (where urgency = 'backlog') as backlog,
            count(*) filter (where urgency = 'due later') as due_later,
            count(*) filter (where urgency = 'not known yet') as not_known_yet
        from {{ ref("rpt_open_clocks") }}
        where urgency <> 'rework'
        group by owner_id, owner_name, revenue_stream
    ),

    owners as (select * from {{ ref("dim_owner") }}),

    merged as (
        select
            coalesce(handed_over.owner_id, outstanding.owner_id) as owner_id,
            coalesce(handed_over.owner_name, outstanding.owner_name) as owner_name,
            coalesce(handed_over.revenue_stream, outstanding.revenue_stream) as revenue_stream,
            cast(coalesce(handed_over.month_leads, 0) as bigint) as month_leads,
            cast(coalesce(handed_over.open_month_leads, 0) as bigint) as open_month_leads,
            handed_over.leads_per_rep,
            cast(coalesce(handed_over.last_month_leads, 0) as bigint) as last_month_leads,
            handed_over.last_month_leads_per_rep,
            coalesce(outstanding.due_now, 0) as due_now,
            coalesce(outstanding.overdue, 0) as overdue,
            coalesce(outstanding.backlog, 0) as backlog,
            coalesce(outstanding.due_later, 0) as due_later,
            coalesce(outstanding.not_known_yet, 0) as not_known_yet
        from handed_over
        full join
            outstanding
            on coalesce(handed_over.owner_id, '') = coalesce(outstanding.owner_id, '')
            and handed_over.revenue_stream = outstanding.revenue_stream
    )

select
    merged.owner_id,
    merged.owner_name,
    owners.team_label,
    merged.revenue_stream,
    merged.month_leads,
    merged.open_month_leads,
    merged.leads_per_rep,
    merged.month_leads / merged.leads_per_rep as utilisation_rate,
    merged.month_leads > merged.leads_per_rep as is_over_capacity,
    merged.last_month_leads,
    merged.last_month_leads_per_rep,
    merged.last_month_leads / merged.last_month_leads_per_rep as last_month_utilisation_rate,
    merged.last_month_leads > merged.last_month_leads_per_rep as is_over_capacity_last_month,
    merged.due_now,
    merged.overdue,
    merged.backlog,
    merged.due_later,
    merged.not_known_yet
from merged
left join owners on merged.owner_id = owners.owner_id
