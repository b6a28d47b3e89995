-- Who there is: reps, accounts, and of each lead where it came from and how far it got. All times are wall-clock times of
-- Rome. Chance is a hash of who and what, so a company of the same size and seed is the same to the last byte.

create macro chance(who, what) as hash(who, what, getvariable('seed')) / 18446744073709551616.0;
create macro whole(who, what, below) as cast(floor(chance(who, what) * below) as bigint);
create macro pick(list, who, what) as list[1 + whole(who, what, len(list))];
-- Of a Poisson process: most waits are short, and a few are long.
create macro later(moment, who, what, hours) as
    moment + to_minutes(1 + cast(floor(-ln(1 - chance(who, what)) * hours * 60) as bigint));
create macro next_day(day) as day + to_days(case isodow(day) when 6 then 2 when 7 then 1 else 0 end);
-- The moment itself in office hours, else some minute of the next morning on which people work.
create macro at_work(moment, who, what) as
    case
        when isodow(moment) < 6 and hour(moment) between 9 and 17
        then moment
        else next_day(date_trunc('day', moment) + to_days(case when hour(moment) < 9 then 0 else 1 end))
            + to_minutes(540 + whole(who, what, 150))
    end;

create table reps as
select
    rep,
    50200101 + rep as user_id,
    first_names[1 + rep % 16] as first_name,
    last_names[1 + (rep // 16 + 5 * rep) % 16] || case when rep < 256 then '' else ' ' || rep // 256 end as last_name,
    first_name || ' ' || last_name as rep_name,
    case when rep % 10 < 7 then 'Small Business' else 'Enterprise' end as unit,
    1 + 14 * chance(rep, 'speed') as response_hours
from range(getvariable('reps')) as made(rep)
cross join (
    select
        ['Ada', 'Bea', 'Carlo', 'Dino', 'Elsa', 'Fabio', 'Gemma', 'Ivo', 'Lia', 'Mara', 'Nino', 'Olga', 'Pia', 'Remo', 'Sara', 'Ugo'] as first_names,
        ['Abate', 'Berti', 'Conti', 'Donati', 'Ferri', 'Gallo', 'Leone', 'Marini', 'Neri', 'Orsini', 'Pace', 'Ricci', 'Sala', 'Testa', 'Valle', 'Zanetti'] as last_names
);

create table accounts as
select
    account,
    700001 + account as company_id,
    pick(['Alba', 'Brera', 'Certosa', 'Duomo', 'Elba', 'Fiera', 'Garda', 'Ticino'], account, 'name') || ' '
        || pick(['Studio', 'Legal', 'Retail', 'Software', 'Clinic', 'Logistics'], account, 'trade') || ' ' || account as company_name,
    lower(replace(company_name, ' ', '-')) || '.example.net' as domain,
    pick(['Accounting', 'Healthcare', 'Retail', 'Software', 'Logistics'], account, 'industry') as industry,
    case when account % 10 < 7 then 5 + whole(account, 'size', 200) else 200 + whole(account, 'size', 3000) end as employees,
    pick(['Italy', 'Italy', 'Italy', 'Switzerland', 'Germany', 'Austria'], account, 'country') as country
from range(1 + getvariable('leads') // 2) as made(account);

create table drawn as
select
    lead,
    100001 + lead as contact_id,
    whole(lead, 'account', 1 + getvariable('leads') // 2) as account,
    case when chance(lead, 'type') < 0.65 then 'website_form' when chance(lead, 'type') < 0.9 then 'outbound_prospecting' else 'event' end as lead_type,
    -- More come in each year; most at noon, and on weekends few.
    cast(getvariable('first_day') as timestamp) + to_days(cast(floor(getvariable('days') * pow(chance(lead, 'day'), 0.8)) as bigint)) as came_on,
    came_on + to_minutes(cast(floor(420 + 900 * (chance(lead, 'hour') + chance(lead, 'minute')) / 2) as bigint)) as came_at,
    least(
        case when lead_type = 'website_form' and chance(lead, 'weekend') < 0.4 then came_at else at_work(came_at, lead, 'created') end,
        getvariable('end_at') - to_minutes(whole(lead, 'last minutes', 300))
    ) as created_at,
    case
        when lead_type = 'website_form'
        then pick(['google / organic', 'google / organic', 'google / cpc', 'google / cpc', '(direct) / (none)', 'newsletter / email', 'linkedin / paid_social'], lead, 'source')
    end as web_source
from range(getvariable('leads')) as made(lead);

create table leads as
with
    handed as (
        select
            drawn.*,
            accounts.company_id,
            accounts.domain,
            accounts.country,
            case when drawn.account % 10 < 7 then 'Small Business' else 'Enterprise' end as unit,
            -- Seven reps of ten serve small business.
            case
                when drawn.account % 10 < 7 or getvariable('reps') < 10
                then 10 * whole(lead, 'ten', greatest(getvariable('reps') // 10, 1)) + whole(lead, 'rep', least(getvariable('reps'), 7))
                else 10 * whole(lead, 'ten', getvariable('reps') // 10) + 7 + whole(lead, 'rep', 3)
            end as rep,
            pick(['Anna', 'Bruno', 'Chiara', 'Davide', 'Elena', 'Franco', 'Giulia', 'Hugo', 'Irene', 'Luca'], lead, 'first') as first_name,
            pick(['Amato', 'Bassi', 'Costa', 'Esposito', 'Fontana', 'Greco', 'Lombardi', 'Moretti', 'Riva', 'Serra', 'Villa'], lead, 'last') as last_name,
            lower(first_name || '.' || last_name) || lead || '@' || accounts.domain as email,
            pick(['Facility manager', 'Interior architect', 'Head of procurement', 'Managing director', 'Office manager', 'Accountant'], lead, 'job') as job_title,
            -- Every fourth is never handed over; of the others as many are left open as was asked for.
            chance(lead, 'mql') < 0.75 as is_handed_over,
            chance(lead, 'open') < getvariable('open_share') / 0.75 as is_left_open
        from drawn
        inner join accounts on drawn.account = accounts.account
    ),
    marketed as (
        select *, case when is_handed_over then case when lead_type = 'website_form' then later(created_at, lead, 'mql at', 20) else created_at + interval 15 minute end end as mql_at
        from handed
    ),
    tried as (
        select marketed.*, reps.rep_name, reps.user_id,
            case when not is_left_open or chance(lead, 'touched') < 0.3 then at_work(later(mql_at, lead, 'answer', response_hours), lead, 'first try') end as tried_at
        from marketed
        inner join reps on marketed.rep = reps.rep
    ),
    accepted as (
        select *,
            case when chance(lead, 'sal') < case when is_left_open then 0.4 else 0.82 end then at_work(later(tried_at, lead, 'sal at', 4), lead, 'sal') end as sal_at,
            case when not is_left_open and chance(lead, 'sal') >= 0.82 then at_work(later(tried_at, lead, 'no at', 10), lead, 'no') end as rejected_at
        from tried
    ),
    spoken as (
        select *, case when not is_left_open and chance(lead, 'sql') < 0.42 then at_work(later(sal_at, lead, 'sql at', 96), lead, 'sql') end as sql_at
        from accepted
    ),
    offered as (
        select *, case when chance(lead, 'offer') < 0.8 then at_work(later(sql_at, lead, 'offer at', 120), lead, 'offer') end as opportunity_at
        from spoken
    ),
    ended as (
        select *,
            case when chance(lead, 'won') < 0.25 then at_work(later(opportunity_at, lead, 'won at', 600), lead, 'won') end as won_at,
            case when chance(lead, 'won') between 0.25 and 0.9 then at_work(later(opportunity_at, lead, 'lost at', 700), lead, 'lost') end as lost_at,
            case when not is_left_open and opportunity_at is null then at_work(later(coalesce(sql_at, sal_at) + interval 15 day, lead, 'given up at', 400), lead, 'given up') end as given_up_at,
            case when chance(lead, 'given up') < 0.7 then 'Recycled' else 'Disqualified' end as given_up_to
        from offered
    )
-- What is after the last instant has not happened, and so has nothing that would follow from it.
select * exclude (is_handed_over, came_on, came_at) replace (
    case when mql_at <= getvariable('last_at') then mql_at end as mql_at,
    case when tried_at <= getvariable('last_at') then tried_at end as tried_at,
    case when sal_at <= getvariable('last_at') then sal_at end as sal_at,
    case when rejected_at <= getvariable('last_at') then rejected_at end as rejected_at,
    case when sql_at <= getvariable('last_at') then sql_at end as sql_at,
    case when opportunity_at <= getvariable('last_at') then opportunity_at end as opportunity_at,
    case when won_at <= getvariable('last_at') then won_at end as won_at,
    case when lost_at <= getvariable('last_at') then lost_at end as lost_at,
    case when given_up_at <= getvariable('last_at') then given_up_at end as given_up_at
)
from ended
where created_at <= getvariable('last_at');

-- The entries of the contacts' lifecycle stage. HubSpot makes a contact an Opportunity and a Customer with its deal.
create table stages as
select lead, contact_id, row_number() over (partition by lead order by place) as entry, stage, entered_at
from (
    select lead, contact_id, unnest([
        {place: 1, stage: 'Lead', entered_at: created_at},
        {place: 2, stage: 'Marketing Qualified Lead', entered_at: mql_at},
        {place: 3, stage: 'Sales Accepted Lead', entered_at: sal_at},
        {place: 4, stage: 'Sales Qualified Lead', entered_at: sql_at},
        {place: 5, stage: 'Opportunity', entered_at: opportunity_at},
        {place: 6, stage: 'Customer', entered_at: won_at},
        {place: 7, stage: 'Rejected by Sales', entered_at: rejected_at},
        {place: 8, stage: given_up_to, entered_at: given_up_at}
    ], recursive := true)
    from leads
)
where entered_at is not null;
