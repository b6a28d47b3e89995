-- What small business was handed over: each lead with its value, and its score at that instant by
-- the rules of the signed agreement: half fit, half what it did, whose points halve every 30 days.
-- 25 are asked.
with
    delivered as (
        select
            valued.*,
            contacts.record_id,
            contacts.job_title,
            contacts.country,
            contacts.address,
            contacts.primary_company_id
        from valued
        inner join contacts on valued.person = contacts.person
        where valued.stream = 'Small Business'
    ),

    companies as (
        select
            record_id,
            country,
            lower(company_domain_name) as domain,
            cast(replace(regexp_extract(employees, '[0-9][0-9,]*'), ',', '') as integer) as employees
        from raw.hubspot__companies
        where employees is null or not regexp_matches(employees, '[A-Za-z]')
    ),

    -- Whose record names no company works for the one whose domain the address has.
    employers as (
        select
            delivered.person,
            coalesce(named.country, by_domain.country) as country,
            coalesce(named.employees, by_domain.employees) as employees
        from delivered
        left join companies as named on delivered.primary_company_id = named.record_id
        left join
            companies as by_domain
            on delivered.primary_company_id is null
            and split_part(delivered.address, '@', 2) = by_domain.domain
    ),

    fit as (
        select
            delivered.person,
            case
                when coalesce(delivered.country, employers.country) in ('Italy', 'Switzerland')
                then 25
                else 0
            end + case
                when regexp_matches(job_title, '(office manager|facility|workplace|architect|interior)', 'i')
                then 25
                when
                    regexp_matches(
                        job_title, '(procurement|purchasing|buyer|owner|founder|managing director|ceo)', 'i'
                    )
                then 35
                else 0
            end
            + case when employers.employees between 20 and 500 then 25 else 0 end
            + case when delivered.lead_type in ('outbound', 'event') then 30 else 0 end
            - case when regexp_matches(job_title, '(student|intern$)', 'i') then 50 else 0 end as points
        from delivered
        inner join employers on delivered.person = employers.person
    ),

    visitors as (
        select client_id, any_value(lower(trim(email))) as address
        from
            (
                select client_id, email
                from raw.web__form_submissions
                union
                select client_id, email
                from raw.web__chats
            )
        where email is not null
        group by client_id
        having count(distinct lower(trim(email))) = 1
    ),

    events as (
        select
            person,
            least(coalesce(utc(first_session_at), utc(create_date)), utc(create_date)) as happened_at,
            'visit' as what,
            8 as points
        from contacts
        where original_source is not null or first_session_at <= create_date
        union all
        select person, utc(latest_source_date), 'visit', 8
        from contacts
        where
            utc(latest_source_date)
            is distinct from least(coalesce(utc(first_session_at), utc(create_date)), utc(create_date))
            or (original_source is null and not coalesce(first_session_at <= create_date, false))
        union all
        select person, utc(first_conversion_date), 'form', 25
        from contacts
        where first_conversion is not null
        union all
        select person, utc(first_conversion_date), 'quote', 60
        from contacts
        where first_conversion in ('Request a quote', 'Book a lighting check')
        union all
        select contacts.person, sessions.started_at, 'visit', 8
        from raw.web__sessions as sessions
        inner join visitors on sessions.client_id = visitors.client_id
        inner join contacts on visitors.address = contacts.address
        union all
        select contacts.person, forms.submitted_at, 'form', 25
        from raw.web__form_submissions as forms
        inner join contacts on lower(trim(forms.email)) = contacts.address
        union all
        select contacts.person, chats.started_at, 'chat', 20
        from raw.web__chats as chats
        inner join contacts on lower(trim(chats.email)) = contacts.address
        union all
        select contacts.person, mails.happened_at, 'click', 10
        from raw.mailing__email_events as mails
        inner join contacts on lower(trim(mails.recipient)) = contacts.address
        where mails.event = 'click'
        union all
        select contacts.person, attended.happened_at, 'event', 35
        from raw.events__attendance as attended
        inner join contacts on lower(trim(attended.email)) = contacts.address
        where attended.status = 'attended'
        union all
        select person, done_at, 'answer', 40
        from deeds_of_people
        where is_from_lead and class = 3
        union all
        select contacts.person, documents.first_opened_at, 'offer', 30
        from raw.documents__documents as documents
        inner join contacts on lower(trim(documents.recipient)) = contacts.address
        where documents.first_opened_at is not null
    ),

    left_over as (
        select
            delivered.person,
            delivered.mql_at,
            events.what,
            least(
                sum(events.points * power(0.5, epoch(delivered.mql_at - events.happened_at) / 86400 / 30)),
                max(
                    case
                        events.what
                        when 'visit'
                        then 32
                        when 'form'
                        then 50
                        when 'chat'
                        then 40
                        when 'click'
                        then 30
                        when 'offer'
                        then 60
                        else 1e9
                    end
                )
            ) as points
        from delivered
        inner join events on delivered.person = events.person and events.happened_at <= delivered.mql_at
        group by delivered.person, delivered.mql_at, events.what
    ),

    engagement as (select person, mql_at, sum(points) as points from left_over group by person, mql_at)

select
    delivered.person,
    delivered.mql_at,
    delivered.handed_date,
    delivered.lead_type,
    delivered.lead_value,
    0.5 * least(greatest(fit.points, 0), 100) + 0.5 * least(coalesce(engagement.points, 0), 100) as score
from delivered
inner join fit on delivered.person = fit.person
left join engagement on delivered.person = engagement.person and delivered.mql_at = engagement.mql_at
