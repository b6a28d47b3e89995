-- A list without any date shows who has opted out, and not since when: no activity, which has its time.
with
    dated as (
        select person_id, min(happened_at) as opted_out_at
        from {{ ref("int_person_activities") }}
        where activity_type = 'opt_out'
        group by person_id
    ),

    undated as (
        select distinct links.person_id
        from {{ ref("int_activities") }} as activities
        inner join
            {{ ref("int_person_links") }} as links
            on activities.system = links.system
            and activities.person_record_id = links.person_record_id
        where
            activities.happened_at is null
            and {{ known_activity_type("activities.activity_label") }} = 'opt_out'
            and links.exclusion_reason is null
    )

select coalesce(dated.person_id, undated.person_id) as person_id, dated.opted_out_at
from dated
full outer join undated on dated.person_id = undated.person_id
