-- A contact after the end of the export that would show it is not known yet, and not a missed one. A source
-- ends with the latest instant in any of its files: new leads without a call prove that nobody called. Of
-- several systems that have a record of the person, the one with the latest end can show it; the contact of a
-- person without a record in any of these could be in any. Where no system shows any, none is known at any
-- time.
with
    ends as (select * from {{ ref("int_source_ends") }}),

    systems as (
        select
            system,
            max(last_at) as ends_at,
            max(case when entity = 'activities' then 1 else 0 end) = 1 as shows_activities,
            max(case when entity = 'stage_changes' then 1 else 0 end) = 1 as shows_stage_changes
        from ends
        group by system
    ),

    any_system as (
        select
            max(case when shows_activities then ends_at end) as activities_until,
            max(case when shows_stage_changes then ends_at end) as stage_changes_until
        from systems
    ),

    records as (select * from {{ ref("int_person_links") }} where is_person_record)

select
    records.person_id,
    coalesce(
        max(case when systems.shows_activities then systems.ends_at end),
        max(any_system.activities_until),
        timestamp '1900-01-01'
    ) as activities_until,
    coalesce(
        max(case when systems.shows_stage_changes then systems.ends_at end),
        max(any_system.stage_changes_until),
        timestamp '1900-01-01'
    ) as stage_changes_until
from records
cross join any_system
left join systems on records.system = systems.system
group by records.person_id
