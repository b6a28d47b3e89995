-- Where two systems record the owners of one person, the one with more changes is used: one assignment
-- recorded by both would read as a change of owner.
with
    changes as (select * from {{ ref("int_owner_changes") }} where {{ until_as_of("changed_at") }}),

    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    owner_links as (select * from {{ ref("int_owner_links") }}),

    profiles as (select * from {{ ref("int_person_profiles") }}),

    linked as (
        select
            links.person_id,
            changes.system,
            changes.owner_change_record_id,
            owner_links.owner_id,
            changes.owner_record_id is not null and not owner_links.is_automatic as is_assigned,
            changes.changed_at,
            changes.changed_after_at
        from changes
        inner join
            links on changes.system = links.system and changes.person_record_id = links.person_record_id
        left join
            owner_links
            on changes.system = owner_links.system
            and changes.owner_record_id = owner_links.owner_record_id
    ),

    change_counts as (
        select person_id, system, count(*) as change_count from linked group by person_id, system
    ),

    preferred_systems as (
        select change_counts.person_id, change_counts.system
        from change_counts
        inner join profiles on change_counts.person_id = profiles.person_id
        qualify
            row_number() over (
                partition by change_counts.person_id
                order by
                    change_counts.change_count desc,
                    change_counts.system != profiles.system,
                    change_counts.system
            )
            = 1
    ),

    starts as (
        -- Who had the person before the first change is not known.
        select
            person_id,
            cast(null as string) as owner_id,
            false as is_assigned,
            timestamp '0001-01-01' as owned_from,
            cast(null as timestamp) as owned_after_at,
            '' as owner_change_record_id
        from profiles
        union all
        select
            linked.person_id,
            linked.owner_id,
            linked.is_assigned,
            linked.changed_at as owned_from,
            linked.changed_after_at as owned_after_at,
            linked.owner_change_record_id
        from linked
        inner join
            preferred_systems
            on linked.person_id = preferred_systems.person_id
            and linked.system = preferred_systems.system
    )

select
    person_id,
    owner_id,
    is_assigned,
    owned_from,
    owned_after_at,
    coalesce(
        lead(owned_from) over (partition by person_id order by owned_from, owner_change_record_id),
        timestamp '9999-12-31'
    ) as owned_until
from starts
