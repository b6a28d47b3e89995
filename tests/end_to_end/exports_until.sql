-- The raw tables as the exports of an earlier morning would have filled them: what happened later is in
-- none of them.
-- The variable `until` is that morning in UTC; `whole` is the warehouse with all that was ever exported.
-- A call that was logged days later counts as logged at once: what comes late is test_closed_months.py's.
-- Contacts and deals: known since they were made, in the stages that they had entered by then.
update raw.hubspot__contacts set
    entered_by_stage_name = map_from_entries(list_filter(map_entries(entered_by_stage_name), one -> known(one.value, _time_zone))),
    entered_by_stage_id = map_from_entries(list_filter(map_entries(entered_by_stage_id), one -> known(one.value, _time_zone))),
    first_session_at = case when known(first_session_at, _time_zone) then first_session_at end,
    owner_assigned_date = case when known(owner_assigned_date, _time_zone) then owner_assigned_date end,
    lifecycle_stage = null,
    lead_status = null;

update raw.hubspot__contacts set latest_source = null, latest_source_detail_1 = null, latest_source_detail_2 = null, latest_source_date = null
where not known(latest_source_date, _time_zone);

update raw.hubspot__deals set
    entered_by_stage_name = map_from_entries(list_filter(map_entries(entered_by_stage_name), one -> known(one.value, _time_zone))),
    deal_stage = 'Contract Sent', is_closed = false, is_closed_won = false, closed_lost_reason = null
where is_closed and not known(list_max(map_values(entered_by_stage_name)), _time_zone);

-- Leads and opportunities: in the status that their history knew by then, converted or closed only if they
-- were.
create or replace temp table statuses as
select
    lead_id,
    coalesce(
        arg_max(new_value, created_date) filter (known(created_date, 'UTC')), arg_min(old_value, created_date)
    ) as status
from whole.raw.salesforce__lead_history
where field = 'Status'
group by lead_id;

update raw.salesforce__leads as leads set status = statuses.status from statuses where leads.id = statuses.lead_id;

update raw.salesforce__leads set last_modified_date = null, system_modstamp = null, last_transfer_date = null
where not known(last_modified_date, 'UTC') or not known(last_transfer_date, 'UTC');

update raw.salesforce__leads set
    is_converted = false, converted_date = null, converted_account_id = null, converted_contact_id = null,
    converted_opportunity_id = null
where not known(converted_date, 'UTC');

-- What was done with a lead is found at the contact that it became, once there is one.
create or replace temp table not_yet_contacts as
select leads.converted_contact_id as contact_id, max_by(leads.id, leads.created_date) as lead_id
from whole.raw.salesforce__leads as leads
inner join whole.raw.salesforce__contacts as contacts on leads.converted_contact_id = contacts.id
where known(leads.created_date, 'UTC') and not known(contacts.created_date, 'UTC')
group by leads.converted_contact_id;

update raw.salesforce__tasks as tasks set who_id = lead_id from not_yet_contacts where tasks.who_id = contact_id;

update raw.salesforce__events as events set who_id = lead_id from not_yet_contacts where events.who_id = contact_id;

create or replace temp table opportunity_stages as
select opportunity_id, arg_max(stage_name, created_date) as stage_name
from raw.salesforce__opportunity_history
group by opportunity_id;

update raw.salesforce__opportunities as opportunities set
    stage_name = opportunity_stages.stage_name, is_closed = false, is_won = false, lost_reason = null,
    last_stage_change_date = null, last_modified_date = null, system_modstamp = null
from opportunity_stages
where opportunities.id = opportunity_stages.opportunity_id and not known(opportunities.last_stage_change_date, 'UTC');

update raw.documents__documents set first_opened_at = null, opens = 0 where not known(first_opened_at, 'UTC');

update raw.billing__subscriptions set ended_at_utc = null, ended_at = null, status = 'active'
where not known(ended_at_utc, 'UTC') or not known(ended_at, _time_zone);

update raw.billing__subscriptions set canceled_at_utc = null, canceled_at = null, cancellation_reason = null
where not known(canceled_at_utc, 'UTC') or not known(canceled_at, _time_zone);

-- The time of a record's last change gives no information about an earlier morning.
update raw.hubspot__deals set last_modified_date = null where not known(last_modified_date, _time_zone);

update raw.salesforce__opportunities set last_modified_date = null, system_modstamp = null
where not known(last_modified_date, 'UTC');

update raw.hubspot__calls set create_date = activity_date where not known(create_date, _time_zone);

update raw.salesforce__tasks set created_date = completed_at where not known(created_date, 'UTC');
