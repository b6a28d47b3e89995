select * from {{ source("agreement", "score_conditions") }}
