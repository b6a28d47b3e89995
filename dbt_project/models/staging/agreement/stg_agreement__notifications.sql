select * from {{ source("agreement", "notifications") }}
