with
    vanished as (select * from {{ ref("fct_vanished_records") }}),

    as_of as (select * from {{ ref("int_as_of") }})

select
    'vanished_records' as guard,
    cast(null as string) as clause,
    'record' as record_type,
    vanished.system || '.' || vanished.table_name || ':' || vanished.record_key as record_id,
    cast(null as string) as person_id,
    cast(null as string) as owner_id,
    cast(null as string) as agreement_version,
    as_of.as_of as happened_at,
    1 as row_count,
    case
        when not vanished.is_deleted
        then
            vanished.file
            || ' has it, and no later export, though '
            || vanished.later_file
            || ' is as full; if it was deleted: vanished_records = deleted in reference/systems.csv'
    end as reason
from vanished
cross join as_of
