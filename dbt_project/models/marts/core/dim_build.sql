with
    as_of as (select * from {{ ref("int_as_of") }}),

    company as (select * from {{ ref("stg_agreement__company") }}),

    ads as (
        select
            (
                select min({{ local_date("first_at") }})
                from {{ ref("int_source_ends") }}
                where entity = 'ad_spend'
            ) as ad_spend_from_date,
            max({{ local_date("shown_until") }}) as ad_spend_until_date
        from {{ ref("int_work_shown") }}
        where entity = 'costs'
    )

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
    cast(company.old_after_days as double) as old_after_days,
    ads.ad_spend_from_date,
    ads.ad_spend_until_date
from as_of
cross join company
cross join ads
