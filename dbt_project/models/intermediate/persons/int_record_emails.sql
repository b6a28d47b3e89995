-- Every e-mail of a person record, its own and further ones that its system records. A shared mailbox (info@,
-- sales@) with several names behind it belongs to nobody.
with
    persons as (select * from {{ ref("int_persons") }} where {{ until_as_of("created_at") }}),

    email_links as (
        select *
        from {{ ref("int_record_links") }}
        where
            rule = 'normalised_email'
            and {{ until_as_of("coalesce(linked_at, timestamp '1970-01-01 00:00:00')") }}
    ),

    shared_mailboxes as (select * from {{ ref("shared_mailboxes") }}),

    -- A cell can contain several; the first one of the record's own cell is its main address.
    records as (
        select
            {{ global_id("system", "person_record_id") }} as record_id,
            {{ normalised_emails("email") }} as normalised_email,
            {{ normalised_email("email") }} as main_email,
            lower({{ trimmed("full_name") }}) as name,
            created_at
        from persons
        union all
        select
            {{ global_id("email_links.system", "email_links.person_record_id") }} as record_id,
            {{ normalised_emails("email_links.email") }} as normalised_email,
            cast(null as string) as main_email,
            lower({{ trimmed("persons.full_name") }}) as name,
            persons.created_at
        from email_links
        inner join
            persons
            on email_links.system = persons.system
            and email_links.person_record_id = persons.person_record_id
    ),

    emails as (
        select
            record_id,
            normalised_email,
            min(name) as name,
            min(created_at) as created_at,
            max(case when normalised_email = main_email then 1 else 0 end) = 1 as is_main
        from records
        group by record_id, normalised_email
    ),

    evaluated as (
        select
            normalised_email,
            count(distinct name) > 1
            and {{ mailbox_of("normalised_email") }} in (select mailbox from shared_mailboxes) as is_shared
        from emails
        group by normalised_email
    )

select
    emails.record_id,
    emails.normalised_email,
    emails.is_main,
    first_value(emails.record_id) over (
        partition by emails.normalised_email
        order by emails.created_at, emails.record_id
        rows between unbounded preceding and unbounded following
    ) as first_record_id,
    evaluated.is_shared
from emails
inner join evaluated on emails.normalised_email = evaluated.normalised_email
