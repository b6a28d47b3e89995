select * from {{ source("agreement", "calendar_hours") }}
