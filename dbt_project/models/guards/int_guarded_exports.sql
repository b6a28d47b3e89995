-- Held against the exports before: those with far fewer rows, and records that no later one has.
with
    vanished as (select * from {{ ref("fct_vanished_records") }}),

    loads as (select * from {{ source("ingestion", "loads") }} where status = 'loaded'),

    as_of as (select * from {{ ref("int_as_of") }}),

    guarded as (
        select
            'vanished_records' as guard,
            'record' as record_type,
            system || '.' || table_name || ':' || record_key as record_id,
            case
                when not is_deleted
                then
                    file
                    || ' has it, and no later export, though '
                    || later_file
                    || ' is as full'
                    || case
                        when not is_hidden
                        then '; if it was deleted: vanished_records = deleted in reference/systems.csv'
                        else ''
                    end
            end as reason
        from vanished
        union all
        select
            'shrunk_exports' as guard,
            'file' as record_type,
            system || '.' || table_name || ':' || file as record_id,
            case
                when fuller_rows is not null
                then
                    cast(rows_loaded as string)
                    || ' rows loaded, '
                    || cast(fuller_rows as string)
                    || ' before'
                    || case when fuller_file <> file then ' from ' || fuller_file else '' end
                    || '; put the whole export there under this name, or, if so few are right, write smaller_until = '
                    || cast(cast(loaded_at as date) as string)
                    || ' for '
                    || system
                    || ' in reference/systems.csv'
            end as reason
        from loads
    )

select
    guarded.guard,
    cast(null as string) as clause,
    guarded.record_type,
    guarded.record_id,
    cast(null as string) as person_id,
    cast(null as string) as owner_id,
    cast(null as string) as agreement_version,
    as_of.as_of as happened_at,
    1 as row_count,
    guarded.reason
from guarded
cross join as_of
