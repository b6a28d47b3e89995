with
    lead_types as (select * from {{ source("agreement", "lead_types") }}),

    streams as (select * from {{ source("agreement", "streams") }})

select
    lead_types.agreement_version,
    lead_types.revenue_stream,
    streams.revenue_stream_name,
    lead_types.lead_type,
    streams.quota_amount,
    streams.quota_period,
    streams.deal_size,
    lead_types.quota_share,
    lead_types.lead_value
from lead_types
inner join
    streams
    on lead_types.agreement_version = streams.agreement_version
    and lead_types.revenue_stream = streams.revenue_stream
