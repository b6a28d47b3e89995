select
    match_on,
    case
        when match_on = 'record_id' then {{ trimmed("value") }} else lower({{ trimmed("value") }})
    end as value,
    reason,
    valid_from,
    valid_to
from {{ source("reference", "exclusions") }}
