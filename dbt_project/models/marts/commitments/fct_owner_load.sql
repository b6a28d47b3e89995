with
    handoffs as (select * from {{ ref("fct_handoffs") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    streams as (select * from {{ ref("dim_revenue_stream") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    build as (select * from {{ ref("dim_build") }}),

    counted as (
        select
            handoffs.owner_id,
            handoffs.revenue_stream,
            cast(date_trunc('month', handoffs.handed_over_date) as date) as month_date,
            count(*) as month_leads,
            count(*) filter (where journeys.outcome = 'open') as open_month_leads
        from handoffs
        inner join journeys on handoffs.journey_id = journeys.journey_id
        group by 1, 2, 3
    ),

    -- What can be served is defined by the version on the last day of the month; of the running one, today.
    dated as (
        select
            counted.*,
            least({{ add_months("counted.month_date", 1) }}, {{ next_day("build.as_of_date") }}) as until_date
        from counted
        cross join build
    )

-- A queue or an unnamed owner has no capacity.
select
    dated.owner_id,
    dated.revenue_stream,
    dated.month_date,
    dated.month_leads,
    dated.open_month_leads,
    case when not owners.is_automatic then streams.leads_per_rep end as leads_per_rep
from dated
left join owners on dated.owner_id = owners.owner_id
left join
    versions
    on dated.until_date > versions.effective_from
    and dated.until_date <= coalesce({{ next_day("versions.effective_to") }}, date '9999-12-31')
left join
    streams
    on versions.agreement_version = streams.agreement_version
    and dated.revenue_stream = streams.revenue_stream
