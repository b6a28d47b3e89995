-- What the exports contain, straight from raw.*: people, what was done with them, and when they
-- became MQL. Written for the tests alone: no model of the project is read here, and none is copied.
create temp macro utc(milan_time) as timezone('UTC', timezone('Europe/Rome', milan_time));
create temp macro milan_date(utc_time) as cast(timezone('Europe/Rome', timezone('UTC', utc_time)) as date);
-- A Salesforce id names its record with 15 characters.
create temp macro salesforce_id(id) as left(nullif(id, ''), 15);
create temp macro rep(name) as regexp_replace(trim(name), ' \(Deactivated User\)$', '');

create temp table contacts as
select *, 'hubspot:' || record_id as person, lower(trim(email)) as address
from raw.hubspot__contacts
where
    address is distinct from 'test@example.com'
    and coalesce(address, '') not like '%@lumen-office.example.com'
    and not (coalesce(address, '') like '%@bulk-offers.example.net' and create_date >= '2026-01-01')
qualify row_number() over (partition by record_id order by _load_number desc, _line desc) = 1;

create temp table leads as
select
    *,
    salesforce_id(id) as lead_id,
    salesforce_id(converted_contact_id) as contact_id,
    lower(trim(email)) as address
from raw.salesforce__leads
where not is_deleted;

-- A lead of Salesforce is the HubSpot contact that names it or the contact that it became, else the one of
-- its address.
create temp table lead_people as
select leads.lead_id, leads.contact_id, coalesce(min(by_id.person), min(by_address.person), min('salesforce:' || leads.lead_id)) as person
from leads
left join contacts as by_id
    on salesforce_id(by_id.salesforce_lead_id) = leads.lead_id
    or salesforce_id(by_id.salesforce_contact_id) = leads.contact_id
left join contacts as by_address on leads.address = by_address.address
group by leads.lead_id, leads.contact_id;

create temp table people as
select person, person as record from contacts
union
select person, 'salesforce:' || lead_id from lead_people
union
select min(person), 'salesforce:' || contact_id from lead_people where contact_id is not null group by contact_id;

-- What was done: its class by label and outcome, and whether it came from the lead.
create temp view deeds as
select
    'call:' || record_id as deed, 'call' as kind, utc(activity_date) as done_at, rep(assigned_to) as rep,
    list_transform(string_split(associated_contact_ids, ';'), one -> 'hubspot:' || trim(one)) as records,
    coalesce(upper(call_direction) = 'INBOUND', false) as is_from_lead,
    case
        when lower(call_status) in ('canceled', 'failed') then 0
        when call_outcome = 'Connected' then 3
        when call_outcome in ('Left voicemail', 'Left live message') then 2
        when call_outcome in ('No answer', 'Busy', 'Wrong number') then 1
        when call_outcome = 'Canceled' then 0
    end as class
from raw.hubspot__calls
union all
select
    'email:' || record_id, 'email', utc(activity_date), rep(assigned_to),
    list_transform(string_split(associated_contact_ids, ';'), one -> 'hubspot:' || trim(one)),
    email_direction in ('INCOMING_EMAIL', 'FORWARDED_EMAIL'),
    case
        when email_direction in ('INCOMING_EMAIL', 'FORWARDED_EMAIL') then 3
        when sequence_id is null and coalesce(email_status, 'SENT') = 'SENT' then 2
        else 0
    end
from raw.hubspot__emails
union all
select
    -- Several calendars write one meeting.
    coalesce('calendar:' || calendar_uid, 'meeting:' || record_id), 'meeting', utc(start_time), rep(assigned_to),
    list_transform(string_split(associated_contact_ids, ';'), one -> 'hubspot:' || trim(one)),
    false, case when meeting_outcome = 'Completed' then 3 else 0 end
from raw.hubspot__meetings
union all
select
    tasks.id, lower(tasks.task_subtype), tasks.completed_at, rep(concat(users.first_name, ' ', users.last_name)),
    ['salesforce:' || salesforce_id(tasks.who_id)],
    coalesce(tasks.call_type = 'Inbound', messages.is_incoming, false),
    case
        when not tasks.is_closed or tasks.is_deleted then 0
        when tasks.task_subtype = 'Email' then case when messages.is_incoming then 3 else 2 end
        when tasks.call_disposition = 'Connected' then 3
        when tasks.call_disposition = 'Left voicemail' then 2
        when tasks.call_disposition in ('No answer', 'Busy', 'Wrong number') then 1
        when tasks.call_disposition is null then 1  -- edge case: a call without an outcome
    end
from raw.salesforce__tasks as tasks
left join raw.salesforce__users as users on salesforce_id(tasks.owner_id) = salesforce_id(users.id)
left join raw.salesforce__email_messages as messages on salesforce_id(tasks.id) = salesforce_id(messages.activity_id)
union all
select
    events.id, 'meeting', events.starts_at, rep(concat(users.first_name, ' ', users.last_name)),
    ['salesforce:' || salesforce_id(events.who_id)], false, case when events.is_deleted then 0 else 3 end
from raw.salesforce__events as events
left join raw.salesforce__users as users on salesforce_id(events.owner_id) = salesforce_id(users.id)
where not events.is_child;

-- One row per activity and person.
create temp table deeds_of_people as
select distinct people.person, stated.* exclude (record)
from (select * exclude (records), unnest(records) as record from deeds where done_at <= getvariable('as_of')) as stated
inner join people on stated.record = people.record;

-- When each person was handed over: HubSpot keeps the latest date of a stage; Salesforce gets the
-- lead a minute later, and its history knows every return.
create temp table handed_over as
with
    first_statuses as (
        select salesforce_id(lead_id) as lead_id, arg_min(old_value, created_date) as status
        from raw.salesforce__lead_history
        where field = 'Status'
        group by 1
    ),
    entries as (
        select person, utc(entered_by_stage_name['Marketing Qualified Lead (Lifecycle Stage Pipeline)']) as mql_at
        from contacts
        union all
        select lead_people.person, leads.created_date
        from leads
        inner join lead_people on leads.lead_id = lead_people.lead_id
        left join first_statuses on leads.lead_id = first_statuses.lead_id
        where coalesce(first_statuses.status, leads.status) = 'Marketing Qualified'
        union all
        select lead_people.person, history.created_date
        from raw.salesforce__lead_history as history
        inner join lead_people on salesforce_id(history.lead_id) = lead_people.lead_id
        where history.field = 'Status' and history.new_value = 'Marketing Qualified'
    )
select person, mql_at
from entries
where mql_at <= getvariable('as_of')
qualify coalesce(mql_at - lag(mql_at) over (partition by person order by mql_at) > interval 1 hour, true);

-- Where else each person went, in either system.
create temp table moves as
select person, split_part(entry.key, ' (', 1) as stage, utc(entry.value) as moved_at
from (select person, unnest(map_entries(entered_by_stage_name)) as entry from contacts)
where moved_at <= getvariable('as_of')
union
select
    lead_people.person,
    case history.new_value
        when 'Nurturing' then 'Recycled'
        when 'Closed - Not Converted' then 'Disqualified'
        when 'Unqualified' then 'Disqualified'
        else history.new_value
    end,
    history.created_date
from raw.salesforce__lead_history as history
inner join lead_people on salesforce_id(history.lead_id) = lead_people.lead_id
where history.field = 'Status' and history.created_date <= getvariable('as_of');

-- The person's owner: from HubSpot, else from Salesforce (nobody, while the queue has it).
create temp table owners as
select people.person, coalesce(min(rep(contacts.contact_owner)), min(rep(concat(users.first_name, ' ', users.last_name)))) as owner
from (select distinct person from people) as people
left join contacts on people.person = contacts.person
left join lead_people on people.person = lead_people.person
left join leads on lead_people.lead_id = leads.lead_id
left join raw.salesforce__users as users on salesforce_id(leads.owner_id) = salesforce_id(users.id)
group by people.person;

-- Who had each person, from when until when: by the system that has more changes. HubSpot knows the last assignment alone,
-- Salesforce who had the lead when it was created. Nobody knows it of before; without any change it was the owner.
create temp table holders as
with
    changes as (
        select
            lead_people.person,
            salesforce_id(history.old_value) as former_id,
            salesforce_id(history.new_value) as holder_id,
            history.created_date as held_from
        from raw.salesforce__lead_history as history
        inner join lead_people on salesforce_id(history.lead_id) = lead_people.lead_id
        where
            history.field = 'Owner'
            and history.new_value[:3] in ('005', '00G')
            and history.created_date <= getvariable('as_of')
    ),
    of_salesforce as (
        select person, holder_id, held_from
        from changes
        union
        select
            lead_people.person,
            coalesce(arg_min(changes.former_id, changes.held_from), any_value(salesforce_id(leads.owner_id))),
            min(leads.created_date)
        from lead_people
        inner join leads on lead_people.lead_id = leads.lead_id
        left join changes on lead_people.person = changes.person
        group by lead_people.person
    ),
    known as (
        select contacts.person, rep(contact_owner) as rep, utc(owner_assigned_date) as held_from, 'hubspot' as system
        from contacts
        where owner_assigned_date is not null
        union all
        -- A queue has no name.
        select
            of_salesforce.person,
            coalesce(rep(concat(users.first_name, ' ', users.last_name)), ''),
            of_salesforce.held_from,
            'salesforce'
        from of_salesforce
        left join raw.salesforce__users as users on of_salesforce.holder_id = salesforce_id(users.id)
    ),
    counted as (select *, count(*) over (partition by person, system) as number from known),
    ranked as (
        select * from counted qualify dense_rank() over (partition by person order by number desc, system) = 1
    ),
    starts as (
        select person, rep, held_from
        from ranked
        union all
        select
            owners.person,
            case when ranked.person is null then owners.owner end,
            timestamp '0001-01-01'
        from owners
        left join (select distinct person from ranked) as ranked on owners.person = ranked.person
    )
select
    *,
    lead(held_from, 1, timestamp '9999-12-31') over (partition by person order by held_from) as held_until
from starts;

-- What a lead is worth: the quota of a year shared over the leads that it needs, rounded up at every stage,
-- by hand from the two signed agreements. From July 2026: 250 deals of 2,000 need 1,042 opportunities and 1,271 SQL;
-- 34 of 24,000 (800,000 is 33.3 of them) need 136 and 170.
create temp table lead_values as
select *
from
    (
        values
            ('2025-10', 'Small Business', 'website', 500000 / 3900),
            ('2025-10', 'Small Business', 'outbound', 500000 / 2674),
            ('2025-10', 'Small Business', 'event', 500000 / 3315),
            ('2025-10', 'Enterprise', 'website', 1200000 / 625),
            ('2025-10', 'Enterprise', 'outbound', 1200000 / 500),
            ('2025-10', 'Enterprise', 'event', 1200000 / 556),
            ('2026-07', 'Small Business', 'website', 500000 / 3852),
            ('2026-07', 'Small Business', 'outbound', 500000 / 2542),
            ('2026-07', 'Small Business', 'event', 500000 / 3027),
            ('2026-07', 'Enterprise', 'website', 800000 / 425),
            ('2026-07', 'Enterprise', 'outbound', 800000 / 340),
            ('2026-07', 'Enterprise', 'event', 800000 / 378)
    ) as worth (version, stream, lead_type, lead_value);

-- Each handover with its stream, its kind (how the lead came first) and its value: within 90 days of the
-- last one that
-- counted it is the same lead.
create temp table valued as
with recursive
    origins as (
        select
            person,
            business_unit as stream,
            case
                when original_source_detail_1 like 'Event: %' then 'event'
                when original_source_detail_1 like 'Outbound list: %' or original_source_detail_1 = 'IMPORT' then 'outbound'
                else 'website'
            end as lead_type
        from contacts
        union all
        select
            lead_people.person,
            min(leads.business_unit),
            case
                when min_by(leads.lead_source, leads.created_date) in ('Cold Call', 'Purchased List', 'Outbound') then 'outbound'
                when min_by(leads.lead_source, leads.created_date) in ('Trade Show', 'Event') then 'event'
                else 'website'
            end
        from leads
        inner join lead_people on leads.lead_id = lead_people.lead_id
        where lead_people.person like 'salesforce:%'
        group by lead_people.person
    ),
    numbered as (
        select handed_over.*, milan_date(mql_at) as handed_date, row_number() over (partition by person order by mql_at) as number
        from handed_over
    ),
    counted as (
        select *, true as counts, handed_date as last_date from numbered where number = 1
        union all
        select
            numbered.*,
            numbered.handed_date - counted.last_date >= 90,
            case when numbered.handed_date - counted.last_date >= 90 then numbered.handed_date else counted.last_date end
        from counted
        inner join numbered on counted.person = numbered.person and counted.number + 1 = numbered.number
    )
select counted.*, origins.stream, origins.lead_type, case when counts then lead_values.lead_value else 0 end as lead_value
from counted
left join origins on counted.person = origins.person
left join lead_values
    on origins.stream = lead_values.stream
    and origins.lead_type = lead_values.lead_type
    and lead_values.version = case when counted.handed_date < date '2026-07-01' then '2025-10' else '2026-07' end;
