-- Who came, and who came again after sales or marketing had sent them away or a deal was lost.
create temp view away as
select person, moved_at
from moves
where stage in ('Recycled', 'Rejected by Sales', 'Disqualified')
union all
select person, closed_at
from ended
where not is_won;

create temp table entered as
select person, milan_date(utc(create_date)) as entered_date
from contacts
union all
select lead_people.person, milan_date(min(leads.created_date))
from lead_people
inner join leads on lead_people.lead_id = leads.lead_id
where lead_people.person like 'salesforce:%'
group by lead_people.person
union all
select distinct handed_over.person, milan_date(handed_over.mql_at)
from handed_over
inner join away on handed_over.person = away.person and away.moved_at < handed_over.mql_at;

create temp table customers as
select person, milan_date(min(closed_at)) as customer_date from ended where is_won group by person;

-- By when the lead came last before the first deal was won.
create temp table customers_entered as
select customers.person, max(entered.entered_date) as entered_date
from customers
inner join
    entered on customers.person = entered.person and entered.entered_date <= customers.customer_date
group by customers.person;

-- A company is a new customer once, with the person of its first deal.
create temp table new_customers as
select arg_min(person, closed_at) as person, milan_date(min(closed_at)) as customer_date
from
    (
        select
            ended.person,
            ended.closed_at,
            coalesce(accounts.account, ended.company_record, 'person:' || ended.person) as holder
        from ended
        left join accounts on ended.company_record = accounts.record
        where ended.is_won and ended.person is not null
    )
group by holder;

-- A pass begins with the first stage after a no, and has passed each stage before its last one: a stage
-- without a date has that of the next one. Who comes back starts there, not before.
create temp table passes as
with
    places as (
        select *
        from
            (
                values
                    ('Lead', 1),
                    ('Marketing Qualified Lead', 2),
                    ('Sales Accepted Lead', 3),
                    ('Working - Contacted', 3),
                    ('Sales Qualified Lead', 4),
                    ('Qualified', 4),
                    ('Closed - Converted', 4),
                    ('Opportunity', 5),
                    ('Customer', 6),
                    ('Recycled', 0),
                    ('Rejected by Sales', 0),
                    ('Disqualified', 0)
            ) as known (stage, place)
    ),

    dated as (
        select moves.person, moves.moved_at as dated_at, places.place
        from moves
        inner join places on moves.stage = places.stage
        where moves.stage <> 'Marketing Qualified Lead'
        union
        select person, mql_at, 2
        from handed_over
        union
        select person, min(created_date), 1
        from leads
        inner join lead_people on leads.lead_id = lead_people.lead_id
        where person like 'salesforce:%'
        group by person
        union
        select people.person, all_deals.opened_at, 5
        from all_deals
        inner join people on all_deals.record = people.record
        where all_deals.is_new and all_deals.opened_at <= getvariable('as_of')
        union
        select person, closed_at, case when is_won then 6 else 0 end
        from ended
        where person is not null
    ),

    ordered as (
        select
            *,
            coalesce(lag(place) over person_order = 0, false) and place not in (0, 6) as begins
        from dated
        window person_order as (partition by person order by dated_at, place = 0, place)
    ),

    numbered as (
        select
            *,
            sum(begins::int) over (
                partition by person order by dated_at, place = 0, place rows unbounded preceding
            ) as pass
        from ordered
    )

select
    person,
    pass,
    coalesce(
        min(dated_at) filter (place = 2),
        case when pass = 0 or min(place) filter (place > 0) < 2 then min(dated_at) filter (place > 2) end
    ) as mql_at,
    coalesce(min(dated_at) filter (place = 4), min(dated_at) filter (place > 4)) as sql_at,
    coalesce(min(dated_at) filter (place = 5), min(dated_at) filter (place = 6)) as opportunity_at,
    min(dated_at) filter (place = 6) as customer_at,
    bool_or(place = 0 or place = 6) as has_ended
from numbered
group by person, pass;

create temp view mqls as
select milan_date(mql_at) as mql_date from passes where mql_at is not null;
