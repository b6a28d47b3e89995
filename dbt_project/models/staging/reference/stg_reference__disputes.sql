-- Names and reasons are personal: of them later models know only whether the decision is somebody else's.
select
    _file as file,
    _line as line,
    _file || ' line ' || _line as place,
    {{ trimmed("lead") }} as record_id,
    opened_on as opened_date,
    decided_on as decided_date,
    decision,
    decided_by is not null as has_decider,
    coalesce({{ name_key("opened_by") }} = {{ name_key("decided_by") }}, false) as is_decided_by_opener
from {{ source("reference", "disputes") }}
