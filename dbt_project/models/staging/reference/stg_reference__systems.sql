select system, time_zone from {{ source("reference", "systems") }} where time_zone is not null
