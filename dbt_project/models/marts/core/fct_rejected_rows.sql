with rejected_rows as (select * from {{ ref("stg_ingestion__rejected_rows") }})

select system, table_name, file, line, column_name, reason
from rejected_rows
