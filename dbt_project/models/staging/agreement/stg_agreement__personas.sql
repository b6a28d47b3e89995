select * from {{ source("agreement", "personas") }}
