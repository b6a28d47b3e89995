-- When an opportunity ended is known better than by an export; since when it was in the stage of the first
-- one is not known.
with
    exported as (
        {{
            changes_by_load(
                "salesforce",
                "opportunities",
                salesforce_id("id"),
                "stage_name",
                condition="version_started_at is null",
            )
        }}
    ),

    opportunities as (select * from {{ ref("stg_salesforce__opportunity_records") }}),

    moves as (
        select
            opportunities.opportunity_record_id,
            exported.stage_name,
            exported.value_before,
            opportunities.created_at,
            exported.changed_at,
            exported.changed_after_at,
            opportunities.is_closed and exported.stage_name = opportunities.stage_name as is_end,
            case
                when {{ salesforce_utc("last_stage_change_date", "exported") }} > exported.changed_after_at
                then {{ salesforce_utc("last_stage_change_date", "exported") }}
            end as stated_at
        from exported
        inner join opportunities on {{ salesforce_id("exported.id") }} = opportunities.opportunity_record_id
        where
            {{ folded_word("exported.stage_name") }}
            <> {{ folded_word("coalesce(exported.value_before, '')") }}
    )

select
    opportunity_record_id,
    stage_name,
    coalesce(stated_at, changed_at) as entered_at,
    case when stated_at is null then changed_after_at end as entered_after_at,
    opportunity_record_id || ':' || cast(changed_at as string) as entry_id
from moves
where not is_end
