-- The row's own text stays in raw: it may be personal.
select system, table_name, file, line, column_name, reason from {{ source("ingestion", "rejected_rows") }}
