with
    vanished as (select * from {{ source("ingestion", "vanished_records") }}),

    systems as (select * from {{ source("reference", "systems") }}),

    deleting as (select distinct system from systems where vanished_records = 'deleted')

select
    vanished.system,
    vanished.table_name,
    vanished.record_id as record_key,
    vanished.file,
    vanished.later_file,
    vanished.is_hidden,
    deleting.system is not null and not vanished.is_hidden as is_deleted
from vanished
left join deleting on vanished.system = deleting.system
