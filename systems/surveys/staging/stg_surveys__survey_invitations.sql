with recipients as (select * from {{ ref("stg_surveys__recipients") }})

select
    invitation_record_id,
    person_record_id,
    cast(null as string) as account_record_id,
    feedback_type,
    feedback_record_id,
    sent_at,
    exclusion_reason
from recipients
