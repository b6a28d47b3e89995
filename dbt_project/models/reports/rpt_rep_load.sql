with
    load as (select * from {{ ref("fct_owner_load") }}),

    owners as (select * from {{ ref("dim_owner") }}),

    build as (
        select cast(date_trunc('month', as_of_date) as date) as as_of_month_date from {{ ref("dim_build") }}
    )

select
    load.owner_id,
    coalesce(owners.owner_name, '(no owner)') as owner_name,
    load.revenue_stream,
    load.month_date,
    load.month_leads,
    load.open_month_leads,
    load.leads_per_rep
from load
inner join build on load.month_date >= {{ add_months("build.as_of_month_date", "-1") }}
left join owners on load.owner_id = owners.owner_id
