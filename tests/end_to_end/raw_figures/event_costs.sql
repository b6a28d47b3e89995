-- What the leads and customers of events cost: all that the CRM states of its trade shows, for
-- everybody whose first source was an event, again each time that they came back after they had been
-- sent away, and for each company of which one of them won the first deal.
with
    people_of_events as (
        select person from contacts where original_source_detail_1 like 'Event: %'
        union
        select lead_people.person
        from leads
        inner join lead_people on leads.lead_id = lead_people.lead_id
        where lead_people.person like 'salesforce:%' and leads.lead_source = 'Trade Show'
    ),

    -- A portal keeps the latest date of Recycled, and each deal that was lost.
    sent_away as (
        select person, moved_at from moves where stage in ('Recycled', 'Rejected by Sales', 'Disqualified')
        union all
        select 'hubspot:' || trim(contact) as person, utc(close_date) as moved_at
        from (select *, unnest(string_split(associated_contact_ids, ';')) as contact from raw.hubspot__deals)
        where deal_stage = 'Closed Lost'
    ),

    returns as (
        select distinct handed_over.person, handed_over.mql_at
        from handed_over
        inner join people_of_events on handed_over.person = people_of_events.person
        inner join
            sent_away on handed_over.person = sent_away.person and sent_away.moved_at < handed_over.mql_at
    ),

    counted as (
        select
            (select count(*) from people_of_events) + (select count(*) from returns) as leads,
            (select count(*) from new_customers inner join people_of_events using (person)) as customers,
            (
                select sum(actual_cost) from raw.salesforce__campaigns where type = 'Trade Show'
            )::double as cost
    )

select leads, customers, cost, cost / leads as cost_per_lead, cost / customers as cost_per_customer
from counted
