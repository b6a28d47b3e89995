-- What a person did towards the company, by call, mail or meeting, and when they asked to be left alone.
with
    activities as (
        select * from {{ ref("int_activities") }} where is_inbound and {{ until_as_of("happened_at") }}
    ),

    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    labels as (
        select *
        from {{ ref("stg_reference__activity_labels") }}
        where activity_type in ('call', 'email', 'meeting', 'opt_out')
    )

select
    {{ global_id("activities.system", "activities.activity_record_id") }} as activity_id,
    links.person_id,
    labels.activity_type,
    activities.happened_at
from activities
inner join links on activities.system = links.system and activities.person_record_id = links.person_record_id
inner join
    labels
    on activities.system = labels.system
    and activities.activity_label = labels.activity_label
    and {{ in_force("labels", local_date("activities.happened_at")) }}
