-- The end of a deal is a stage change too, at the instant of its entry or at a date that may be a plan;
-- it counts at the business date.
with
    changes as (select * from {{ ref("int_stage_changes") }}),

    closings as (select * from {{ ref("int_closings") }} where closed_at <> stated_at)

select
    changes.system,
    changes.stage_change_record_id,
    changes.person_record_id,
    changes.opportunity_record_id,
    changes.owner_record_id,
    changes.stage_label,
    changes.reason_label,
    changes.changed_field,
    coalesce(closings.closed_at, changes.changed_at) as changed_at,
    case when closings.closed_at is null then changes.changed_after_at end as changed_after_at
from changes
left join
    closings
    on changes.system = closings.system
    and changes.opportunity_record_id = closings.opportunity_record_id
    and changes.changed_at = closings.stated_at
