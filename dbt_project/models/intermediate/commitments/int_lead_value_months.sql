-- A month as its last day leaves it; a version that ends within it owes what its own days do.
with days as (select * from {{ ref("int_lead_value_days") }})

select
    version,
    commitment,
    team,
    revenue_stream,
    lead_type,
    month_date,
    max(as_of_date) as as_of_date,
    sum(leads) as leads,
    max(target_to_date_amount) as target_amount,
    cast(sum(delivered_amount) as double) as delivered_amount,
    cast(sum(delivered_with_evidence_amount) as double) as delivered_with_evidence_amount
from days
group by version, commitment, team, revenue_stream, lead_type, month_date
