with drift as (select * from {{ ref("int_definition_drift") }})

select
    drift_id,
    person_id,
    stage,
    judged_at,
    {{ local_date("judged_at") }} as judged_date,
    owner_id,
    version as agreement_version,
    verdict,
    is_open,
    score,
    grade
from drift
