select * from {{ source("agreement", "commitment_stops") }}
