with versions as (select * from {{ source("agreement", "versions") }})

select
    *,
    -- A version holds from its first local midnight until the midnight that follows its last day.
    {{ local_to_utc("cast(effective_from as timestamp)", "time_zone") }} as valid_from,
    coalesce(
        {{ local_to_utc("cast(effective_to as timestamp) + interval '1 day'", "time_zone") }},
        timestamp '9999-12-31 00:00:00'
    ) as valid_to
from versions
