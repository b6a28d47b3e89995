select * from {{ source("agreement", "streams") }}
