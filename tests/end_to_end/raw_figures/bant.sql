-- The leads of Salesforce that became Qualified in the quarter from July to September 2026, and of each which of the four
-- fields the history shows to have been filled with an answer by then; a field that is filled without a history is unknown.
with
    qualified as (
        select lead_people.person, history.lead_id, min(history.created_date) as qualified_at
        from raw.salesforce__lead_history as history
        inner join lead_people on salesforce_id(history.lead_id) = lead_people.lead_id
        where history.field = 'Status' and history.new_value = 'Qualified'
        group by all
    ),

    fields as (
        select salesforce_id(id) as lead_id, unnest(['Budget__c', 'Buying_Role__c', 'Need__c', 'Timeframe__c']) as field,
            unnest([budget, authority, need, timing]) as present
        from raw.salesforce__leads
    ),

    states as (
        select
            qualified.person,
            qualified.qualified_at,
            fields.field,
            coalesce(
                bool_or(
                    history.created_date <= qualified.qualified_at
                    and history.new_value not in ('TBD', 'Influencer', 'No timeline')
                ),
                case when fields.present is null then false end
            ) as is_known
        from qualified
        inner join fields on salesforce_id(qualified.lead_id) = fields.lead_id
        left join raw.salesforce__lead_history as history
            on salesforce_id(history.lead_id) = fields.lead_id and history.field = fields.field
        where milan_date(qualified.qualified_at) between date '2026-07-01' and date '2026-09-30'
        group by qualified.person, qualified.qualified_at, fields.field, fields.present
    )

select
    person,
    qualified_at,
    case when bool_or(not is_known) then 0 when count(is_known) = 4 then 1 end as has_all
from states
group by person, qualified_at
