-- A rep with leads in the month of the as-of or the one before it has a share of the capacity of the stream.
with
    reps as (
        select owner_id, owner_name, revenue_stream, max(leads_per_rep) as leads_per_rep
        from {{ ref("rpt_rep_load") }}
        where leads_per_rep is not null
        group by owner_id, owner_name, revenue_stream
    ),

    streams as (
        select capacity.*
        from {{ ref("rpt_sales_capacity") }} as capacity
        inner join
            {{ ref("dim_build") }} as build
            on capacity.month_date = cast(date_trunc('month', build.as_of_date) as date)
        where capacity.capacity_leads > 0
    ),

    quotas as (
        select
            agreement_version,
            revenue_stream,
            max(quota_amount) as quota_amount,
            max(quota_period) as quota_period
        from {{ ref("dim_target") }}
        group by agreement_version, revenue_stream
    ),

    shared as (
        select
            reps.*,
            streams.agreement_version,
            streams.capacity_leads,
            streams.target_leads,
            reps.leads_per_rep / streams.capacity_leads as share_rate
        from reps
        left join streams on reps.revenue_stream = streams.revenue_stream
    )

select
    shared.owner_id,
    shared.owner_name,
    shared.revenue_stream,
    shared.agreement_version,
    shared.leads_per_rep,
    {{ rounded("shared.share_rate", 9) }} as share_rate,
    {{ rounded("shared.target_leads * shared.share_rate", 6) }} as share_leads,
    {{ rounded("quotas.quota_amount * shared.share_rate", 2) }} as share_amount,
    quotas.quota_period,
    {{ readable_number("shared.leads_per_rep", 0) }}
    || ' of '
    || {{ readable_number("shared.capacity_leads", 0) }}
    || ' = '
    || {{ readable_percent("shared.share_rate") }}
    || coalesce(
        '; of '
        || {{ readable_number("shared.target_leads", 1) }}
        || ' leads '
        || {{ readable_number("shared.target_leads * shared.share_rate", 1) }},
        ''
    )
    || coalesce(
        '; of '
        || {{ readable_number("quotas.quota_amount", 0) }}
        || ' '
        || {{ readable_number("quotas.quota_amount * shared.share_rate", 0) }},
        ''
    ) as arithmetic
from shared
left join
    quotas
    on shared.agreement_version = quotas.agreement_version
    and shared.revenue_stream = quotas.revenue_stream
