with versions as (select * from {{ ref("stg_agreement__versions") }})

select
    agreement_version,
    status,
    effective_from,
    effective_to,
    agreed_from_date,
    company_name,
    currency_code,
    time_zone,
    fiscal_year_start_month,
    growth,
    next_review_date,
    handoff_stage,
    tolerance_rate,
    known_share_rate,
    cast(behind_after_days as double) as behind_after_days,
    cast(old_after_days as double) as old_after_days,
    cast(closing_after_days as double) as closing_after_days,
    is_signed,
    marketing_signed_by,
    marketing_signed_date,
    sales_signed_by,
    sales_signed_date,
    unsigned_teams,
    seal
from versions
