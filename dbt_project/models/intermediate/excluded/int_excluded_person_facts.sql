-- Facts of persons that no figure uses.
with
    links as (select * from {{ ref("int_person_links") }}),

    -- Two records of one event, or of one person in it, are listed once.
    known_activities as (
        select
            *,
            row_number() over (
                partition by event_id, person_id order by activity_id, person_record_id
            ) as telling_number
        from {{ ref("int_known_activities") }}
    ),

    known_touchpoints as (select touchpoint_id from {{ ref("int_person_touchpoints") }}),

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
                when known_touchpoints.touchpoint_id is null
                then 'the same event again'
            end as reason,
            touchpoints.source_label as label
        from {{ ref("int_touchpoints") }} as touchpoints
        left join
            known_touchpoints
            on {{ global_id("touchpoints.system", "touchpoints.touchpoint_record_id") }}
            = known_touchpoints.touchpoint_id
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
                when
                    activities.happened_at is null
                    and {{ known_activity_type("activities.activity_label") }} = 'opt_out'
                then 'opt-out, not known since when'
                when activities.happened_at is null
                then 'no date'
                when not {{ until_as_of("activities.happened_at") }}
                then 'after the as-of'
                when links.person_id is null
                then 'person unknown'
                when links.exclusion_reason is not null
                then 'excluded: ' || links.exclusion_reason
                when known_activities.system is null
                then 'label not in activity_labels'
                when known_activities.telling_number > 1
                then 'the same event again'
            end as reason,
            activities.activity_label as label
        from {{ ref("int_activities") }} as activities
        left join
            links on activities.system = links.system and activities.person_record_id = links.person_record_id
        left join
            known_activities
            on activities.system = known_activities.system
            and activities.activity_record_id = known_activities.activity_record_id
            and activities.person_record_id = known_activities.person_record_id
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
            cast(null as string) as label
        from {{ ref("int_owner_changes") }} as owner_changes
        left join
            links
            on owner_changes.system = links.system
            and owner_changes.person_record_id = links.person_record_id
    ),

    documents as (
        select
            'documents' as entity,
            documents.system,
            case
                when documents.sent_at is null
                then 'no date'
                when not {{ until_as_of("documents.sent_at") }}
                then 'after the as-of'
                when links.exclusion_reason is not null
                then 'excluded: ' || links.exclusion_reason
            end as reason,
            cast(null as string) as label
        from {{ ref("int_documents") }} as documents
        left join
            links on documents.system = links.system and documents.person_record_id = links.person_record_id
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
