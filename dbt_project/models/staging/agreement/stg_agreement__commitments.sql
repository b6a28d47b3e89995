select * from {{ source("agreement", "commitments") }}
