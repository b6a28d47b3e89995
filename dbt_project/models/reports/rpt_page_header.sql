with
    build as (select * from {{ ref("dim_build") }}),

    versions as (select * from {{ ref("dim_agreement") }}),

    reviews as (select * from {{ ref("fct_reviews") }} where status in ('due', 'coming')),

    next_review as (select min(due_date) as due_date from reviews)

select
    build.company_name,
    build.currency_code,
    build.time_zone,
    build.fiscal_year_start_month,
    {{ utc_to_local("build.as_of", "build.time_zone") }} as as_of_local_at,
    build.as_of_date,
    cast(date_trunc('month', build.as_of_date) as date) as month_date,
    cast(extract(day from build.as_of_date) as bigint) as day_of_month,
    cast(extract(day from {{ dbt.last_day("build.as_of_date", "month") }}) as bigint) as days_in_month,
    versions.agreement_version,
    versions.is_signed,
    versions.marketing_signed_by,
    versions.sales_signed_by,
    versions.missing_signatures,
    coalesce(next_review.due_date, versions.next_review_date) as next_review_date,
    coalesce(next_review.due_date, versions.next_review_date) < build.as_of_date as is_review_overdue,
    versions.tolerance_rate
from build
cross join next_review
left join
    versions
    on build.as_of_date >= versions.effective_from
    and build.as_of_date <= coalesce(versions.effective_to, date '9999-12-31')
