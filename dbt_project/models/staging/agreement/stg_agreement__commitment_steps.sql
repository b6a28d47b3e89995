select * from {{ source("agreement", "commitment_steps") }}
