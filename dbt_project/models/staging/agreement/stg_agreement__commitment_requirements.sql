select * from {{ source("agreement", "commitment_requirements") }}
