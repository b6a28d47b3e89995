select * from {{ source("agreement", "stage_evidence") }}
