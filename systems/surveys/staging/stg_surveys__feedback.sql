with responses as (select * from {{ ref("stg_surveys__responses") }})

select
    response_id as feedback_record_id,
    person_record_id,
    cast(null as string) as account_record_id,
    feedback_type,
    score,
    reason as reason_label,
    given_at
from responses
