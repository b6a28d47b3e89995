-- What sales did: calls and e-mails until the lead has answered or was given up, then a meeting, then a deal.

create table tries as
select
    lead,
    contact_id,
    rep_name,
    rep,
    lead * 12 + try as activity,
    case when try = 0 then tried_at else at_work(later(tried_at + to_days(try * 3 - 2), activity, 'wait', 20), activity, 'try') end as done_at,
    case when chance(activity, 'kind') < 0.65 then 'call' else 'email' end as kind,
    -- One who has been qualified was reached by the first call or mail after which nothing else was tried.
    pick(['No answer', 'No answer', 'Left voicemail', 'Connected', 'Busy'], activity, 'outcome') as outcome,
    coalesce(sql_at, rejected_at, given_up_at, getvariable('last_at')) as until_at
from (select *, unnest(range(1 + whole(lead, 'tries', 6))) as try from leads where tried_at is not null);

create table calls as
select activity, done_at, outcome, rep_name, contact_id, kind,
    case when outcome = 'Connected' then 120 + whole(activity, 'length', 900) else 5 + whole(activity, 'length', 30) end as seconds
from tries
where kind = 'call' and done_at <= until_at
union all
-- The conversation in which a lead is qualified.
select lead * 12 + 8, sql_at - interval 20 minute, 'Connected', rep_name, contact_id, 'call', 600 + whole(lead, 'conversation', 900)
from leads where sql_at is not null;

create table emails as
select activity, done_at, 'EMAIL' as direction, rep_name, contact_id from tries where kind = 'email' and done_at <= until_at
union all
select lead * 12 + 9, later(sal_at, lead, 'reply', 30), 'INCOMING_EMAIL', rep_name, contact_id
from leads where sql_at is not null and chance(lead, 'replies') < 0.4 and later(sal_at, lead, 'reply', 30) < sql_at;

create table meetings as
select lead * 12 + 10 as activity, at_work(later(sql_at, lead, 'meeting', 20), lead, 'met') as starts_at, sql_at as made_at, rep_name, contact_id
from leads where sql_at is not null and at_work(later(sql_at, lead, 'meeting', 20), lead, 'met') < getvariable('last_at');

create table deals as
select
    900001 + lead as deal_id,
    contact_id,
    company_id,
    rep_name,
    unit,
    opportunity_at,
    won_at,
    lost_at,
    case when won_at is not null then 'Closed Won' when lost_at is not null then 'Closed Lost' else 'Contract Sent' end as stage,
    round(case unit when 'Enterprise' then 24000 else 2000 end * (0.4 + 1.2 * chance(lead, 'amount')), 2) as amount,
    case when lost_at is not null then pick(['Price', 'No decision', 'Chose a competitor', 'Timing'], lead, 'lost for') end as lost_reason
from leads
where opportunity_at is not null;
