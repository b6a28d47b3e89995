select system, time_zone from {{ source("reference", "systems") }}
