with absences as (select * from {{ ref("int_absences") }})

select
    'known_absences' as guard,
    cast(null as string) as clause,
    'absence' as record_type,
    place as record_id,
    cast(null as string) as person_id,
    owner_id,
    cast(null as string) as agreement_version,
    cast(null as timestamp) as happened_at,
    cast(1 as bigint) as row_count,
    'reference/' || place || ': ' || fault as reason
from absences
