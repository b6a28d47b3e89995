with
    as_of as (select * from {{ ref("int_as_of") }}),

    company as (select * from {{ ref("stg_agreement__company") }})

select
    as_of.data_from,
    {{ local_date("as_of.data_from") }} as data_from_date,
    as_of.as_of,
    {{ local_date("as_of.as_of") }} as as_of_date,
    company.company_name,
    company.currency_code,
    company.time_zone,
    company.fiscal_year_start_month,
    company.review_months,
    company.review_counted_from_date,
    cast(company.behind_after_days as double) as behind_after_days,
    cast(company.old_after_days as double) as old_after_days
from as_of
cross join company
