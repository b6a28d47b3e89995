select
    match_on,
    case when match_on = 'record_id' then trim(value) else lower(trim(value)) end as value,
    reason,
    valid_from,
    valid_to
from {{ source("reference", "exclusions") }}
