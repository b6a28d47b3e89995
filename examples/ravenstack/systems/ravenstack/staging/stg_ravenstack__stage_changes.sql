with
    persons as (select * from {{ ref("stg_ravenstack__persons") }}),

    subscriptions as (select * from {{ ref("stg_ravenstack__subscriptions") }} where not is_trial),

    firsts as (
        select account_record_id, min(started_date) as paid_date from subscriptions group by account_record_id
    )

select
    person_record_id || ':signup' as stage_change_record_id,
    person_record_id,
    cast(null as string) as opportunity_record_id,
    cast(null as string) as owner_record_id,
    'signup' as stage_label,
    created_at as changed_at,
    cast(null as string) as reason_label
from persons
union all
select
    account_record_id || ':paying' as stage_change_record_id,
    account_record_id as person_record_id,
    cast(null as string) as opportunity_record_id,
    cast(null as string) as owner_record_id,
    'paying' as stage_label,
    {{ start_of_date("paid_date") }} as changed_at,
    cast(null as string) as reason_label
from firsts
