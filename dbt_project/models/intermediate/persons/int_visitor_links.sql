-- A visitor (a browser, a survey's respondent) is the person with the e-mail that the visitor gave. A visitor
-- who gave the e-mails of several persons is ambiguous: a computer that people share.
with
    email_links as (
        select
            {{ global_id("system", "person_record_id") }} as record_id,
            {{ normalised_emails("email") }} as normalised_email
        from {{ ref("int_record_links") }}
        where
            rule = 'normalised_email'
            and {{ until_as_of("coalesce(linked_at, timestamp '1970-01-01 00:00:00')") }}
    ),

    emails as (
        select distinct normalised_email, first_record_id, is_shared from {{ ref("int_record_emails") }}
    ),

    persons as (select * from {{ ref("int_record_persons") }}),

    visitors as (
        select email_links.record_id, emails.is_shared, owners.person_id
        from email_links
        inner join emails on email_links.normalised_email = emails.normalised_email
        inner join persons as owners on emails.first_record_id = owners.record_id
        left join persons on email_links.record_id = persons.record_id
        where persons.record_id is null
    )

select
    record_id,
    min(person_id) as person_id,
    max(person_id) as other_person_id,
    case
        when count(distinct person_id) > 1
        then 'one visitor gave e-mails of several persons'
        when bool_or(is_shared)
        then 'a shared mailbox with several names behind it'
    end as ambiguity
from visitors
group by record_id
