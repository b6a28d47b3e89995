-- The row's own text stays in raw: it may be personal. A row that was corrected since is loaded.
with rejected_rows as (select * from {{ source("ingestion", "rejected_rows") }} where mended_by is null)

select system, table_name, file, line, column_name, reason, reason like 'frame: %' as is_non_data_line
from rejected_rows
