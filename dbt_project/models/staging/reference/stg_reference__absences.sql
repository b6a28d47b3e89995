select
    _file as file,
    _line as line,
    _file || ' line ' || _line as place,
    {{ trimmed("owner") }} as owner_label,
    first_day as first_date,
    last_day as last_date,
    nullif({{ trimmed("covered_by") }}, '') as cover_label
from {{ source("reference", "absences") }}
