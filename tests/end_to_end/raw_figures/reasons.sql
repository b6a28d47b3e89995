-- Why leads were declined, deals were lost and customers left, in the words of the systems. HubSpot keeps the last reason
-- of a lead; a lead that is given up after its deal was lost has the deal's reason, and is counted there.
with
    -- Of the contacts of a deal HubSpot writes the primary one first.
    lost_deals as (
        select
            'hubspot:' || trim(split_part(associated_contact_ids, ';', 1)) as person,
            closed_lost_reason as reason,
            utc(close_date) as lost_at
        from raw.hubspot__deals
        where deal_stage = 'Closed Lost'
    ),

    last_noes as (
        select person, max(moved_at) as said_at, max_by(stage, moved_at) as stage
        from moves
        where stage in ('Rejected by Sales', 'Recycled', 'Disqualified')
        group by person
    ),

    given_up as (
        select distinct lost_deals.person
        from lost_deals
        inner join last_noes on lost_deals.person = last_noes.person and last_noes.said_at > lost_deals.lost_at
        left join
            handed_over
            on lost_deals.person = handed_over.person
            and handed_over.mql_at > lost_deals.lost_at
            and handed_over.mql_at < last_noes.said_at
        where last_noes.stage = 'Recycled' and handed_over.person is null
    )

select 'declined' as reason_of, contacts.person, decline_reason as reason
from contacts
left join given_up using (person)
where decline_reason is not null and given_up.person is null
union all
select 'declined', lead_people.person, leads.decline_reason
from leads
inner join lead_people on leads.lead_id = lead_people.lead_id
where leads.decline_reason is not null
union all
select 'lost', null, reason
from lost_deals
union all
select 'lost', null, lost_reason
from raw.salesforce__opportunities
where stage_name = 'Closed Lost' and not is_deleted
union all
-- A cancelled subscription is the customer's reason where the leaving has no row of its own.
select 'left', null, reason
from raw.billing__churn_events
union all
select 'left', null, cancellation_reason
from raw.billing__subscriptions
left join (select distinct customer_id from raw.billing__churn_events) as leavers using (customer_id)
where cancellation_reason is not null and leavers.customer_id is null
