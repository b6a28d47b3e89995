-- What leads and strangers did: visits of the website, forms, marketing mails; and what the ads of a day cost.

create macro utc(moment) as timezone('UTC', timezone('Europe/Rome', moment));
create macro written(moment) as strftime(moment, '%Y-%m-%dT%H:%M:%SZ');
create table campaigns as
select * from (values
    ('Search - Brand', 20111000001, 23), ('Search - Office chairs', 20111000002, 40), ('Search - Lighting', 20111000003, 24)
) as made(campaign, campaign_id, cost);

-- The first visit of a lead is by its source, and the last one before the form; later ones come by anything.
create table visits as
with
    numbered as (
        select lead as visitor, created_at, web_source, unnest(range(1 + whole(lead, 'visits', 2 * getvariable('visits') - 1))) as visit
        from leads where lead_type = 'website_form'
    ),
    known as (
        select visitor, visit,
            case
                when visit = 0 then created_at - to_minutes(4 + whole(visitor, 'stay', 30))
                when visit % 2 = 1 then created_at - to_minutes(60 + visit * 1440 + whole(visitor, visit, 5000))
                else created_at + to_minutes(visit * 4000 + whole(visitor, visit, 9000))
            end as started_at,
            case when visit <= 1 then web_source else pick(['google / organic', '(direct) / (none)', '(direct) / (none)', 'newsletter / email', 'google / cpc'], visitor, visit) end as source
        from numbered
    ),
    strangers as (
        select getvariable('leads') + visitor as visitor, visit,
            cast(getvariable('first_day') as timestamp) + to_minutes(cast(floor(getvariable('days') * 1440 * chance(visitor, visit)) as bigint)) as started_at,
            pick(['google / organic', '(direct) / (none)', 'google / cpc', 'linkedin / paid_social', 'facebook / paid_social'], visitor, 'stranger') as source
        from range(getvariable('leads')) as made(visitor), range(2) as again(visit)
    )
select * from known where started_at <= getvariable('last_at')
union all
select * from strangers where started_at <= getvariable('last_at');

create table mails as
with
    issues as (
        select cast(day as timestamp) + interval '450 minutes' as sent_at, 'Monthly issue ' || strftime(day, '%Y-%m') as campaign
        from generate_series(cast(getvariable('end_at') as date), getvariable('first_day'), -interval 1 month) as made(day)
    ),
    readers as (
        select lead, email, utc(created_at) as since_at from leads where lead_type = 'website_form' and chance(lead, 'reads') < 0.6
    ),
    sent as (
        select lead, email, campaign, sent_at
        from readers
        inner join issues on issues.sent_at between since_at and since_at + interval 6 month
    ),
    opened as (
        select *, later(sent_at, lead, campaign, 9) as opened_at from sent where chance(campaign, lead) < 0.35
    )
select email, 'sent' as event, sent_at as happened_at, campaign, null as url from sent
union all
select email, 'open', opened_at, campaign, null from opened
union all
select email, 'click', opened_at + interval 1 minute, campaign, 'https://www.lumen-office.example.com/lighting'
from opened where chance(lead, opened_at) < 0.25;
delete from mails where happened_at > utc(getvariable('last_at'));
