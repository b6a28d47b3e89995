-- What touched whom, when, and through which channel, by the company's rules.
create temp table visitors as
select client_id, any_value(address) as address
from
    (
        select client_id, lower(trim(email)) as address
        from raw.web__form_submissions
        union
        select client_id, lower(trim(email))
        from raw.web__chats
    )
where address is not null
group by client_id
having count(*) = 1;

create temp table sessions as
select
    client_id,
    started_at,
    campaign,
    case
        when source is not null
        then lower(source) || ' / ' || lower(medium)
        when gclid is not null
        then 'google / cpc'
        when msclkid is not null
        then 'bing / cpc'
        when fbclid is not null
        then 'facebook / paid_social'
        when li_fat_id is not null
        then 'linkedin / paid_social'
        else '(direct) / (none)'
    end as source
from raw.web__sessions;

-- Of a portal's two visits the later one is another only if it is at another time.
create temp table portal_visits as
select
    person,
    least(coalesce(utc(first_session_at), utc(create_date)), utc(create_date)) as touched_at,
    original_source as source,
    original_source_detail_1 as detail,
    original_source_detail_2 as detail_2,
    true as is_first
from contacts
where original_source is not null or first_session_at <= create_date
union all
select
    person, utc(latest_source_date), latest_source, latest_source_detail_1, latest_source_detail_2, false
from contacts
where
    latest_source_date is not null
    and (
        not coalesce(original_source is not null or first_session_at <= create_date, false)
        or latest_source_date <> least(coalesce(first_session_at, create_date), create_date)
    );

-- A form and a chat are of the last visit before it; of a portal's form that is the first one at the
-- latest.
create temp table touches as
with
    stated as (
        select
            'visit' as what,
            'hubspot' as system,
            person,
            touched_at,
            source,
            detail,
            case
                when source in ('Paid Search', 'Email Marketing')
                then detail
                when source in ('Paid Social', 'Social Media')
                then detail_2
            end as campaign
        from portal_visits
        union all
        select 'form', system, person, formed_at, source, detail, campaign
        from
            (
                select
                    'hubspot' as system,
                    contacts.person,
                    utc(contacts.first_conversion_date) as formed_at,
                    visits.source,
                    visits.detail,
                    case
                        when visits.source in ('Paid Search', 'Email Marketing')
                        then visits.detail
                        when visits.source in ('Paid Social', 'Social Media')
                        then visits.detail_2
                    end as campaign
                from contacts
                left join
                    portal_visits as visits
                    on contacts.person = visits.person
                    and (visits.is_first or visits.touched_at <= utc(contacts.first_conversion_date))
                where contacts.first_conversion_date is not null
                qualify row_number() over (partition by contacts.person order by visits.is_first) = 1
            )
        union all
        select 'session', 'web', people.person, sessions.started_at, sessions.source, null, sessions.campaign
        from sessions
        inner join visitors on sessions.client_id = visitors.client_id
        inner join contacts as people on visitors.address = people.address
        union all
        select replies.what, 'web', people.person, replies.sent_at, sessions.source, null, sessions.campaign
        from
            (
                select 'reply' as what, client_id, email, submitted_at as sent_at
                from raw.web__form_submissions
                union all
                select 'chat', client_id, email, started_at
                from raw.web__chats
            ) as replies
        asof left join
            sessions on replies.client_id = sessions.client_id and replies.sent_at >= sessions.started_at
        inner join contacts as people on lower(trim(replies.email)) = people.address
        union all
        select mails.event, 'mailing', people.person, mails.happened_at, 'mailing / email', null, mails.campaign
        from raw.mailing__email_events as mails
        inner join contacts as people on lower(trim(mails.recipient)) = people.address
        where mails.event in ('open', 'click') and not coalesce(mails.is_machine_open, false)
        union all
        select attended.status, 'events', people.person, attended.happened_at, 'event / offline', null, attended.event
        from raw.events__attendance as attended
        inner join contacts as people on lower(trim(attended.email)) = people.address
        where attended.status in ('attended', 'registered')
        union all
        select
            'member',
            'salesforce',
            people.person,
            case
                when members.first_responded_date = milan_date(members.created_date)
                then members.created_date
                else coalesce(utc(cast(members.first_responded_date as timestamp)), members.created_date)
            end,
            campaigns.type,
            null,
            campaigns.campaign_name
        from raw.salesforce__campaign_members as members
        inner join
            raw.salesforce__campaigns as campaigns
            on salesforce_id(members.campaign_id) = salesforce_id(campaigns.id)
        inner join
            people
            on 'salesforce:' || coalesce(salesforce_id(members.contact_id), salesforce_id(members.lead_id))
            = people.record
        where not members.is_deleted and members.has_responded
    ),

-- A rule for a detail comes before one for all of them.
    placed as (
        select stated.*, coalesce(rules.channel, 'Unmapped') as channel
        from (select *, row_number() over () as touch from stated where touched_at <= getvariable('as_of')) as stated
        left join
            raw.reference__channel_rules as rules
            on stated.system = rules.system
            and lower(replace(coalesce(stated.source, ''), '_', ' '))
            = lower(replace(coalesce(rules.source_label, ''), '_', ' '))
            and coalesce(lower(rules.source_detail) = lower(stated.detail), rules.source_detail is null)
            and milan_date(stated.touched_at) >= coalesce(rules.valid_from, date '0001-01-01')
            and milan_date(stated.touched_at) < coalesce(rules.valid_to, date '9999-12-31')
        qualify row_number() over (partition by stated.touch order by rules.source_detail nulls last) = 1
    )

-- Within 30 minutes of the one before, by the same channel and campaign, it is the same touch.
select person, touched_at, channel
from placed
qualify
    coalesce(
        touched_at - lag(touched_at) over (
            partition by person, channel, lower(campaign) order by touched_at, touch
        )
        > interval 30 minute,
        true
    );
