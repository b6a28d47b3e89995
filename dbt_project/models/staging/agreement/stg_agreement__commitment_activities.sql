select * from {{ source("agreement", "commitment_activities") }}
