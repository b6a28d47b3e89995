with
    handoffs as (select * from {{ ref("fct_handoffs") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    streams as (select * from {{ ref("dim_revenue_stream") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    build as (select * from {{ ref("dim_build") }}),

    this_month as (
        select handoffs.owner_id, handoffs.revenue_stream, journeys.outcome, build.as_of_date
        from handoffs
        cross join build
        inner join journeys on handoffs.journey_id = journeys.journey_id
        where date_trunc('month', handoffs.handed_over_date) = date_trunc('month', build.as_of_date)
    ),

    counted as (
        select
            owner_id,
            revenue_stream,
            as_of_date,
            count(*) as month_leads,
            count(*) filter (where outcome = 'open') as open_month_leads
        from this_month
        group by owner_id, revenue_stream, as_of_date
    ),

    -- A queue or an unnamed owner has no capacity.
    agreed as (
        select
            counted.*,
            coalesce(owners.owner_name, '(no owner)') as owner_name,
            owners.team_label,
            case when not owners.is_automatic then streams.leads_per_rep end as leads_per_rep
        from counted
        left join owners on counted.owner_id = owners.owner_id
        left join
            versions
            on counted.as_of_date >= versions.effective_from
            and counted.as_of_date <= coalesce(versions.effective_to, date '9999-12-31')
        left join
            streams
            on versions.agreement_version = streams.agreement_version
            and counted.revenue_stream = streams.revenue_stream
    )

select
    owner_id,
    owner_name,
    team_label,
    revenue_stream,
    month_leads,
    open_month_leads,
    leads_per_rep,
    month_leads / leads_per_rep as utilisation_rate,
    month_leads > leads_per_rep as is_over_capacity
from agreed
