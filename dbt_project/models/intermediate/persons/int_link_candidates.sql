-- Whatever could tie two records together. What can be read in two ways is ambiguous: listed, and not made.
with
    emails as (select * from {{ ref("int_record_emails") }}),

    system_links as (
        select
            {{ global_id("system", "person_record_id") }} as record_id,
            {{ global_id("linked_system", "linked_record_id") }} as other_record_id,
            rule
        from {{ ref("int_record_links") }}
        where
            linked_record_id is not null
            and {{ until_as_of("coalesce(linked_at, timestamp '1970-01-01 00:00:00')") }}
    ),

    -- An id of another system in records with different e-mails is a mistake.
    claims as (
        select
            system_links.other_record_id, system_links.rule, count(distinct emails.normalised_email) as emails
        from system_links
        inner join emails on system_links.record_id = emails.record_id
        where system_links.rule = 'external_id'
        group by system_links.other_record_id, system_links.rule
    ),

    candidates as (
        select
            system_links.record_id,
            system_links.other_record_id,
            system_links.rule,
            case
                when claims.emails > 1 then 'records with different e-mails bear the same id'
            end as ambiguity
        from system_links
        left join
            claims
            on system_links.other_record_id = claims.other_record_id
            and system_links.rule = claims.rule
        union
        select
            record_id,
            first_record_id as other_record_id,
            'normalised_email' as rule,
            case when is_shared then 'a shared mailbox with several names behind it' end as ambiguity
        from emails
    )

select record_id, other_record_id, rule, ambiguity
from candidates
where record_id != other_record_id
