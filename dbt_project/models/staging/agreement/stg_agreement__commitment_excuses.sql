select * from {{ source("agreement", "commitment_excuses") }}
