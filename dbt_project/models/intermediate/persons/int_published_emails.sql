-- The part of a person's e-mail that leaves the warehouse: a keyed hash, by which two published tables can be
-- joined and nobody can be written to; the company's own settings (company.yml) may choose plain or none
-- instead.
with
    emails as (select * from {{ ref("int_record_emails") }}),

    persons as (select * from {{ ref("int_record_persons") }}),

    privacy as (select * from {{ source("company", "privacy") }}),

    -- The e-mail of the person's first record; a person without one there has the first of the others.
    firsts as (
        select persons.person_id, emails.normalised_email
        from emails
        inner join persons on emails.record_id = persons.record_id
        qualify
            row_number() over (
                partition by persons.person_id
                order by
                    case when persons.is_first_record then 0 else 1 end,
                    emails.record_id,
                    case when emails.is_main then 0 else 1 end,
                    emails.normalised_email
            )
            = 1
    )

select
    firsts.person_id,
    case when privacy.published_email = 'plain' then firsts.normalised_email end as email,
    case
        when privacy.published_email = 'hash' then {{ keyed_hash("firsts.normalised_email") }}
    end as email_hash
from firsts
cross join privacy
