-- What leads saw and sales sent, by content: forms, pages of visitors whom one address identified, mails, webinars.
with
    visitors as (
        select client_id, min(person) as person
        from (
            select client_id, lower(trim(email)) as address from raw.web__form_submissions
            union
            select client_id, lower(trim(email)) as address from raw.web__chats
        ) as identified
        inner join contacts using (address)
        group by client_id
        having count(distinct address) = 1
    ),

    readers as (select distinct address from contacts where address is not null),

    seen as (
        select first_conversion as name from contacts where first_conversion is not null
        union all
        select form from raw.web__form_submissions inner join readers on lower(trim(email)) = address
        union all
        select landing_page from raw.web__sessions inner join visitors using (client_id)
        union all
        select page from raw.web__chats inner join readers on lower(trim(email)) = address
        union all
        select case event when 'click' then link else campaign end
        from raw.mailing__email_events inner join readers on lower(trim(recipient)) = address
        where event = 'click' or (event = 'open' and not coalesce(is_machine_open, false))
        union all
        select event from raw.events__attendance inner join readers on lower(trim(email)) = address
        where status in ('registered', 'attended')
    ),

    named as (
        select name, 1 as touches, 0 as documents_sent, 0 as documents_opened from seen
        union all
        select document_name, 0, 1, case when first_opened_at <= getvariable('as_of') then 1 else 0 end
        from raw.documents__documents
    )

select
    case
        when starts_with(name, 'Offer') then 'Offer'
        when starts_with(name, 'Monthly') then 'Monthly issue'
        when contains(name, 'office-planning') or contains(name, 'office planning') then 'Office planning guide'
        when contains(name, 'brera') then 'Case of Brera Studio'
        when contains(name, 'pricing') then 'Prices'
        when contains(name, 'Energy rules') then 'Webinar on energy rules'
        when contains(name, 'Hybrid') then 'Webinar on hybrid offices'
        when name = 'Request a quote' then 'Quote request'
    end as content,
    cast(sum(touches) as bigint) as touches,
    cast(sum(documents_sent) as bigint) as documents_sent,
    cast(sum(documents_opened) as bigint) as documents_opened
from named
where content is not null
group by content
