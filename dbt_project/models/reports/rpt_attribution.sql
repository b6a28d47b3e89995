with attribution as (select * from {{ ref("fct_attribution") }})

select
    attribution_model,
    channel,
    sum(credit) as conversions,
    cast(sum(attributed_amount) as decimal(24, 6)) as attributed_amount
from attribution
group by attribution_model, channel
