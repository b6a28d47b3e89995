select * from {{ source("agreement", "score_rules") }}
