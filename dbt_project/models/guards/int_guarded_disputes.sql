with disputes as (select * from {{ ref("int_disputes") }})

select
    'known_disputes' as guard,
    cast(null as string) as clause,
    'dispute' as record_type,
    place as record_id,
    person_id,
    cast(null as string) as owner_id,
    cast(null as string) as agreement_version,
    cast(null as timestamp) as happened_at,
    cast(1 as bigint) as row_count,
    'reference/' || place || ': ' || fault as reason
from disputes
