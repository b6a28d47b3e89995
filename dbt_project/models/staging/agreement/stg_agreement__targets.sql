select * from {{ source("agreement", "targets") }}
