with versions as (select * from {{ ref("stg_agreement__versions") }})

select
    version,
    effective_from,
    effective_to,
    company_name,
    currency_code,
    time_zone,
    growth,
    next_review_date,
    tolerance_rate,
    is_signed
from versions
