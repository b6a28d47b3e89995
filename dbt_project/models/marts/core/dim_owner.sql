with owners as (select * from {{ ref("int_owners") }})

select
    {{ global_id("system", "owner_record_id") }} as owner_id,
    system,
    coalesce(owner_name, owner_record_id) as owner_name,
    team_label,
    is_automatic
from owners
