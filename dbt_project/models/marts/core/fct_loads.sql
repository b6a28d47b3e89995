with loads as (select * from {{ ref("stg_ingestion__loads") }})

select
    system,
    table_name,
    file,
    status,
    reason,
    records,
    rows_loaded,
    rows_set_apart,
    frame_lines,
    rows_mended,
    undeclared_columns,
    missing_columns
from loads
