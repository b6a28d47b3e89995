with
    lines as (
        select
            'known_absences' as guard,
            'absence' as record_type,
            place,
            cast(null as string) as person_id,
            owner_id,
            fault
        from {{ ref("int_absences") }}
        union all
        select 'known_calendars', 'calendar', place, null, owner_id, fault
        from {{ ref("int_owner_calendars") }}
        union all
        select 'known_disputes', 'dispute', place, person_id, null, fault
        from {{ ref("int_disputes") }}
    )

select
    guard,
    cast(null as string) as clause,
    record_type,
    place as record_id,
    person_id,
    owner_id,
    cast(null as string) as agreement_version,
    cast(null as timestamp) as happened_at,
    cast(1 as bigint) as row_count,
    'reference/' || place || ': ' || fault as reason
from lines
