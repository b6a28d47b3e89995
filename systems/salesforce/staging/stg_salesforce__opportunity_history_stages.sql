-- OpportunityHistory has a row for the opening, unless it began later: then its first row shows a stage that
-- was entered before, and a change of a field history what was before it, nobody knows since when.
with
    opportunities as (select * from {{ ref("stg_salesforce__opportunity_records") }}),

    history as ({{ salesforce_entries("opportunity_history") }}),

    field_history as ({{ salesforce_entries("opportunity_field_history") }}),

    rows_in_order as (
        select
            record_id as entry_id,
            {{ salesforce_id("opportunity_id") }} as opportunity_record_id,
            stage_name,
            {{ salesforce_utc("created_date", "history") }} as entered_at,
            row_number() over (
                partition by {{ salesforce_id("opportunity_id") }}
                order by {{ salesforce_utc("created_date", "history") }}, record_id
            ) as place
        from history
    ),

    history_rows as (
        select
            rows_in_order.*,
            opportunities.created_at,
            coalesce(
                rows_in_order.place = 1
                and rows_in_order.entered_at > {{ dbt.dateadd("hour", 1, "opportunities.created_at") }}
                and opportunities.last_stage_change_at is distinct from rows_in_order.entered_at,
                false
            ) as is_entered_before,
            coalesce(
                opportunities.is_closed and opportunities.stage_name = rows_in_order.stage_name, false
            ) as is_end
        from rows_in_order
        left join opportunities on rows_in_order.opportunity_record_id = opportunities.opportunity_record_id
    ),

    field_changes as (
        select
            record_id as change_id,
            {{ salesforce_id("opportunity_id") }} as opportunity_record_id,
            old_value,
            new_value,
            {{ salesforce_utc("created_date", "field_history") }} as changed_at
        from field_history
        where lower(field) = 'stagename'
    ),

    first_field_changes as (
        select *
        from field_changes
        qualify row_number() over (partition by opportunity_record_id order by changed_at, change_id) = 1
    ),

    remembered as (
        select min({{ salesforce_utc("created_date", "field_history") }}) as remembered_from
        from field_history
    )

select
    1 as witness,
    opportunity_record_id,
    stage_name,
    entered_at,
    -- An end has a date of its own.
    case when is_entered_before and not is_end then created_at end as entered_after_at,
    entry_id,
    not is_entered_before as is_seen
from history_rows
union all
select
    1 as witness,
    opportunity_record_id,
    'Opportunity' as stage_name,
    created_at as entered_at,
    null as entered_after_at,
    opportunity_record_id || ':opened' as entry_id,
    false as is_seen
from history_rows
where is_entered_before
union all
select
    2 as witness,
    opportunity_record_id,
    new_value as stage_name,
    changed_at as entered_at,
    null as entered_after_at,
    change_id as entry_id,
    true as is_seen
from field_changes
union all
select
    2 as witness,
    changes.opportunity_record_id,
    case
        when opportunities.created_at >= remembered.remembered_from then changes.old_value else 'Opportunity'
    end as stage_name,
    opportunities.created_at as entered_at,
    null as entered_after_at,
    changes.opportunity_record_id || ':created' as entry_id,
    true as is_seen
from first_field_changes as changes
inner join opportunities on changes.opportunity_record_id = opportunities.opportunity_record_id
cross join remembered
