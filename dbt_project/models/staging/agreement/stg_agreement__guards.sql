select * from {{ source("agreement", "guards") }}
