select * from {{ source("agreement", "commitment_measures") }}
