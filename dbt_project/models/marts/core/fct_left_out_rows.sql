-- Nothing is dropped silently: what the entities hold and the marts do not use, with the reason.
with
    links as (select * from {{ ref("int_person_links") }}),

    stage_labels as (select * from {{ ref("stg_reference__stage_labels") }}),

    activity_labels as (select * from {{ ref("stg_reference__activity_labels") }}),

    stage_entries as (select * from {{ ref("int_stage_entries") }}),

    left_out_opportunities as (select * from {{ ref("int_left_out_opportunities") }}),

    persons as (
        select
            'persons' as entity,
            persons.system,
            case
                when persons.created_at is null
                then 'without an instant'
                when not {{ until_as_of("persons.created_at") }}
                then 'after the as-of'
                when links.exclusion_reason is not null
                then 'excluded: ' || links.exclusion_reason
            end as reason,
            cast(null as varchar) as label
        from {{ ref("int_persons") }} as persons
        left join links on persons.system = links.system and persons.person_record_id = links.person_record_id
    ),

    touchpoints as (
        select
            'touchpoints' as entity,
            touchpoints.system,
            case
                when touchpoints.touched_at is null
                then 'without an instant'
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
                then 'without an instant'
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

    stage_changes as (
        select
            'stage_changes' as entity,
            stage_changes.system,
            case
                when stage_changes.changed_at is null
                then 'without an instant'
                when not {{ until_as_of("stage_changes.changed_at") }}
                then 'after the as-of'
                when links.person_id is null
                then 'person unknown'
                when links.exclusion_reason is not null
                then 'excluded: ' || links.exclusion_reason
                when left_out_opportunities.reason is not null
                then left_out_opportunities.reason
                when stage_labels.system is null
                then 'label not in stage_labels'
                when stage_entries.stage_entry_id is null
                then 'the same stage again'
            end as reason,
            stage_changes.stage_label as label
        from {{ ref("int_stage_changes") }} as stage_changes
        left join
            links
            on stage_changes.system = links.system
            and stage_changes.person_record_id = links.person_record_id
        left join
            left_out_opportunities
            on stage_changes.system = left_out_opportunities.system
            and stage_changes.opportunity_record_id = left_out_opportunities.opportunity_record_id
        left join
            stage_labels
            on stage_changes.system = stage_labels.system
            and stage_changes.stage_label = stage_labels.stage_label
            and {{ in_force("stage_labels", local_date("stage_changes.changed_at")) }}
        left join
            stage_entries
            on {{ global_id("stage_changes.system", "stage_changes.stage_change_record_id") }}
            = stage_entries.stage_entry_id
    ),

    money as (
        select 'opportunities' as entity, system, reason, cast(null as varchar) as label
        from left_out_opportunities
        union all
        select 'ad_spend' as entity, system, 'after the as-of' as reason, cast(null as varchar) as label
        from {{ ref("int_ad_spend") }}
        where not {{ until_as_of(start_of_date("spend_date")) }}
    ),

    documents as (
        select 'documents' as entity, system, 'after the as-of' as reason, cast(null as varchar) as label
        from {{ ref("int_documents") }}
        where not {{ until_as_of("sent_at") }}
    ),

    left_out as (
        select *
        from persons
        union all
        select *
        from touchpoints
        union all
        select *
        from activities
        union all
        select *
        from stage_changes
        union all
        select *
        from money
        union all
        select *
        from {{ ref("int_left_out_after_sale") }}
        union all
        select *
        from documents
    )

select entity, system, reason, coalesce(label, '(none)') as label, count(*) as row_count
from left_out
where reason is not null
group by entity, system, reason, coalesce(label, '(none)')
