-- The earliest record of all that are tied together, through whatever chain, names the person. What
-- a merge or a conversion left without a record of its own still has activities and history under
-- its id: it belongs to the person as well.
with
    records as (
        select {{ global_id("system", "person_record_id") }} as record_id, created_at
        from {{ ref("int_persons") }}
        where {{ until_as_of("created_at") }}
    ),

    components as (
        {{
            connected_components(
                "(select * from " ~ ref("int_link_candidates") ~ " where ambiguity is null)"
            )
        }}
    ),

    members as (
        select
            coalesce(records.record_id, components.record_id) as record_id,
            coalesce(components.component_id, records.record_id) as component_id,
            records.record_id is not null as is_person_record,
            records.created_at
        from records
        full outer join components on records.record_id = components.record_id
    ),

    named as (
        select
            *,
            max(case when is_person_record then 1 else 0 end) over (partition by component_id) as has_person,
            first_value(record_id) over (
                partition by component_id
                order by case when is_person_record then 0 else 1 end, created_at, record_id
                rows between unbounded preceding and unbounded following
            ) as person_id
        from members
    )

select record_id, person_id, is_person_record, record_id = person_id as is_first_record
from named
where has_person = 1
