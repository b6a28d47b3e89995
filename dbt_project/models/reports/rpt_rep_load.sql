with
    handoffs as (select * from {{ ref("fct_handoffs") }}),

    journeys as (select * from {{ ref("fct_journeys") }}),

    streams as (select * from {{ ref("dim_revenue_stream") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    build as (
        select as_of_date, cast(date_trunc('month', as_of_date) as date) as as_of_month_date
        from {{ ref("dim_build") }}
    ),

    -- What can be served is defined by the version on the last day of the month; of the running one, today.
    months as (
        select as_of_month_date as month_date, {{ next_day("as_of_date") }} as until_date
        from build
        union all
        select {{ add_months("as_of_month_date", "-1") }} as month_date, as_of_month_date as until_date
        from build
    ),

    counted as (
        select
            handoffs.owner_id,
            handoffs.revenue_stream,
            months.month_date,
            months.until_date,
            count(*) as month_leads,
            count(*) filter (where journeys.outcome = 'open') as open_month_leads
        from handoffs
        inner join months on cast(date_trunc('month', handoffs.handed_over_date) as date) = months.month_date
        inner join journeys on handoffs.journey_id = journeys.journey_id
        group by handoffs.owner_id, handoffs.revenue_stream, months.month_date, months.until_date
    ),

    -- A queue or an unnamed owner has no capacity.
    agreed as (
        select
            counted.*,
            coalesce(owners.owner_name, '(no owner)') as owner_name,
            case when not owners.is_automatic then streams.leads_per_rep end as leads_per_rep
        from counted
        left join owners on counted.owner_id = owners.owner_id
        left join
            versions
            on counted.until_date > versions.effective_from
            and counted.until_date <= coalesce({{ next_day("versions.effective_to") }}, date '9999-12-31')
        left join
            streams
            on versions.agreement_version = streams.agreement_version
            and counted.revenue_stream = streams.revenue_stream
    )

select owner_id, owner_name, revenue_stream, month_date, month_leads, open_month_leads, leads_per_rep
from agreed
