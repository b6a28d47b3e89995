with periods as (select * from {{ source("agreement", "quota_periods") }})

select
    agreement_version,
    revenue_stream,
    period_name,
    from_month_date,
    to_month_date,
    month_number,
    cast(period_amount as double) as period_amount,
    period_months,
    month_share as month_share_rate,
    period_amount * month_share / period_months as month_amount
from periods
