with links as (select * from {{ ref("int_person_links") }})

select
    {{ global_id("system", "person_record_id") }} as record_id,
    system,
    person_id,
    is_person_record,
    is_first_record,
    rule,
    confidence,
    exclusion_reason
from links
