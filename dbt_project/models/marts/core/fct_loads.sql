with loads as (select * from {{ source("ingestion", "loads") }})

select
    system,
    table_name,
    file,
    status,
    reason,
    records,
    rows_loaded,
    rows_rejected,
    coalesce(non_data_lines, 0) as non_data_lines,
    rows_corrected,
    coalesce(rows_forgotten, 0) as rows_forgotten,
    undeclared_columns,
    missing_columns,
    rows_rejected - coalesce(non_data_lines, 0) - rows_corrected as rows_to_correct,
    status = 'refused'
    or rows_rejected > coalesce(non_data_lines, 0) + rows_corrected
    or coalesce(undeclared_columns, '') <> ''
    or coalesce(missing_columns, '') <> '' as has_problems
from loads
