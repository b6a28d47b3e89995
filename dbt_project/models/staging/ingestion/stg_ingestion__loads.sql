select
    system,
    table_name,
    file,
    status,
    reason,
    records,
    rows_loaded,
    rows_set_apart,
    undeclared_columns,
    missing_columns
from {{ source("ingestion", "loads") }}
