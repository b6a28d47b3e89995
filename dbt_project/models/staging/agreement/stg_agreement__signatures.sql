select * from {{ source("agreement", "signatures") }}
