select
    {{ trimmed("owner_name") }} as owner_name,
    system,
    {{ trimmed("coalesce(alias, owner_name)") }} as alias,
    team_label,
    valid_from,
    valid_to
from {{ source("reference", "owners") }}
