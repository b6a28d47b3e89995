-- What persons did or met and no figure uses.
with
    links as (select * from {{ ref("int_person_links") }}),

    activity_labels as (select * from {{ ref("stg_reference__activity_labels") }}),

    touchpoints as (
        select
            'touchpoints' as entity,
            touchpoints.system,
            case
                when touchpoints.touched_at is null
                then 'no date'
                when not {{ until_as_of("touchpoints.touched_at") }}
                then 'after the as-of'
                when links.person_id is null
                then 'person unknown'
                when links.exclusion_reason is not null
                then 'excluded: ' || links.exclusion_reason
            end as reason,
            touchpoints.source_label as label
        from {{ ref("int_touchpoints") }} as touchpoints
        left join
            links
            on touchpoints.system = links.system
            and touchpoints.person_record_id = links.person_record_id
    ),

    activities as (
        select
            'activities' as entity,
            activities.system,
            case
                when activities.happened_at is null
                then 'no date'
                when not {{ until_as_of("activities.happened_at") }}
                then 'after the as-of'
                when links.person_id is null
                then 'person unknown'
                when links.exclusion_reason is not null
                then 'excluded: ' || links.exclusion_reason
                when activity_labels.system is null
                then 'label not in activity_labels'
            end as reason,
            activities.activity_label as label
        from {{ ref("int_activities") }} as activities
        left join
            links on activities.system = links.system and activities.person_record_id = links.person_record_id
        left join
            activity_labels
            on activities.system = activity_labels.system
            and activities.activity_label = activity_labels.activity_label
            and {{ in_force("activity_labels", local_date("activities.happened_at")) }}
    ),

    owner_changes as (
        select
            'owner_changes' as entity,
            owner_changes.system,
            case
                when owner_changes.changed_at is null
                then 'no date'
                when not {{ until_as_of("owner_changes.changed_at") }}
                then 'after the as-of'
                when links.person_id is null
                then 'person unknown'
                when links.exclusion_reason is not null
                then 'excluded: ' || links.exclusion_reason
            end as reason,
            cast(null as varchar) as label
        from {{ ref("int_owner_changes") }} as owner_changes
        left join
            links
            on owner_changes.system = links.system
            and owner_changes.person_record_id = links.person_record_id
    ),

    documents as (
        select
            'documents' as entity,
            system,
            case
                when sent_at is null
                then 'no date'
                when not {{ until_as_of("sent_at") }}
                then 'after the as-of'
            end as reason,
            cast(null as varchar) as label
        from {{ ref("int_documents") }}
    ),

    facts as (
        select *
        from touchpoints
        union all
        select *
        from activities
        union all
        select *
        from owner_changes
        union all
        select *
        from documents
    )

select *
from facts
where reason is not null
