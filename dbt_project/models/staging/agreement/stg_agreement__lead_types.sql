select * from {{ source("agreement", "lead_types") }}
