select distinct
    coalesce(system, '') as system,
    {{ folded_word("reason_label") }} as reason_word,
    motive,
    pain,
    valid_from,
    valid_to
from {{ source("reference", "reasons") }}
