select * from {{ source("agreement", "handoff_reasons") }}
