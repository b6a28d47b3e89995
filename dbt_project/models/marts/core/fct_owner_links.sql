with links as (select * from {{ ref("int_owner_links") }})

select record_id, system, owner_id, is_first_record, rule, is_listed
from links
