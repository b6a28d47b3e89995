with documents as (select * from {{ ref("stg_documents__documents") }} where owner_record_id is not null)

select distinct
    owner_record_id,
    owner_record_id as owner_name,
    cast(null as varchar) as owner_email,
    cast(null as varchar) as team_label,
    false as is_automatic
from documents
