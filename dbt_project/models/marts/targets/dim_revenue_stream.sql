with streams as (select * from {{ source("agreement", "streams") }})

select
    agreement_version,
    revenue_stream,
    revenue_stream_name,
    quota_amount,
    quota_period,
    deal_size,
    margin_rate,
    marketing_share as marketing_share_rate,
    reps,
    leads_per_rep,
    reps * leads_per_rep as capacity_leads
from streams
