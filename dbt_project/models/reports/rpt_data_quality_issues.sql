with
    guarded as (select * from {{ ref("int_guarded_rows") }} where reason is not null),

    owners as (select * from {{ ref("dim_owner") }})

select
    guarded.guard,
    guarded.clause,
    guarded.agreement_version,
    guarded.record_type,
    guarded.record_id,
    guarded.person_id,
    guarded.owner_id,
    coalesce(owners.owner_name, '(no owner)') as owner_name,
    guarded.happened_at,
    cast({{ utc_to_local("guarded.happened_at", build_zone()) }} as date) as happened_date,
    guarded.row_count,
    guarded.reason,
    guarded.is_blocking,
    row_number() over (
        partition by guarded.guard, guarded.agreement_version
        order by
            guarded.happened_at desc nulls last,
            guarded.row_count desc,
            guarded.record_type,
            guarded.record_id
    ) as place
from guarded
left join owners on guarded.owner_id = owners.owner_id
