with versions as (select * from {{ source("agreement", "versions") }})

select
    *,
    status = 'signed' as is_signed,
    -- A version is in force from its first local midnight until the midnight that follows its last day. One
    -- that waits for signatures has no first day, and so is in force at no instant.
    {{ local_to_utc("cast(effective_from as timestamp)", "time_zone") }} as valid_from,
    coalesce(
        {{ local_to_utc("cast(effective_to as timestamp) + interval '1 day'", "time_zone") }},
        timestamp '9999-12-31 00:00:00'
    ) as valid_to
from versions
