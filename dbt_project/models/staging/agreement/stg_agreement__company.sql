{{ config(post_hook="{{ keep_company_zone() }}") }}
with versions as (select * from {{ ref("stg_agreement__versions") }})

select
    company_name,
    currency_code,
    time_zone,
    fiscal_year_start_month,
    review_months,
    review_counted_from_date,
    behind_after_days,
    old_after_days
from versions
where effective_from is not null
qualify row_number() over (order by effective_from desc) = 1
