with owners as (select * from {{ ref("stg_salesforce__owners") }})

select owner_name, min(owner_record_id) as owner_record_id
from owners
group by owner_name
having count(*) = 1
