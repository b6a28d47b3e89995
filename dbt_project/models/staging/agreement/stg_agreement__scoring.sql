select * from {{ source("agreement", "scoring") }}
