select
    _file as file,
    _line as line,
    _file || ' line ' || _line as place,
    {{ trimmed("owner_name") }} as owner_name,
    system,
    {{ trimmed("coalesce(alias, owner_name)") }} as alias,
    team_label,
    nullif({{ trimmed("calendar") }}, '') as calendar,
    valid_from,
    valid_to
from {{ source("reference", "owners") }}
