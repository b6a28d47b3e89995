with
    persons as (select * from {{ ref("stg_olist__persons") }}),

    opportunities as (select * from {{ ref("stg_olist__opportunities") }})

select
    person_record_id || ':mql' as stage_change_record_id,
    person_record_id,
    cast(null as string) as opportunity_record_id,
    cast(null as string) as owner_record_id,
    'mql' as stage_label,
    created_at as changed_at,
    cast(null as string) as reason_label
from persons
union all
select
    person_record_id || ':won' as stage_change_record_id,
    person_record_id,
    opportunity_record_id,
    owner_record_id,
    'won' as stage_label,
    closed_at as changed_at,
    cast(null as string) as reason_label
from opportunities
