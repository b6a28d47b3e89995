select * from {{ source("agreement", "closing_times") }}
