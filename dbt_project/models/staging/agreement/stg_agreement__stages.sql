select * from {{ source("agreement", "stages") }}
