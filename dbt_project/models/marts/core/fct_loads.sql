with loads as (select * from {{ source("ingestion", "loads") }})

select
    system,
    table_name,
    file,
    status,
    reason,
    records,
    rows_loaded,
    rows_set_apart,
    coalesce(frame_lines, 0) as frame_lines,
    rows_mended,
    undeclared_columns,
    missing_columns
from loads
