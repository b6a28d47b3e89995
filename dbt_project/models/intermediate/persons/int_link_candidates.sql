-- Whatever could tie two records together. What can be read in two ways is ambiguous: listed, and not made.
with
    emails as (select * from {{ ref("int_record_emails") }}),

    said as (
        select
            {{ global_id("system", "person_record_id") }} as record_id,
            {{ global_id("linked_system", "linked_record_id") }} as other_record_id,
            rule
        from {{ ref("int_record_links") }}
        where
            linked_record_id is not null
            and {{ until_as_of("coalesce(linked_at, timestamp '1970-01-01 00:00:00')") }}
    ),

    -- An id of another system that records with different e-mails bear is somebody's mistake.
    claims as (
        select said.other_record_id, said.rule, count(distinct emails.normalised_email) as emails
        from said
        inner join emails on said.record_id = emails.record_id
        where said.rule = 'external_id'
        group by said.other_record_id, said.rule
    ),

    candidates as (
        select
            said.record_id,
            said.other_record_id,
            said.rule,
            case
                when claims.emails > 1 then 'records with different e-mails bear the same id'
            end as ambiguity
        from said
        left join claims on said.other_record_id = claims.other_record_id and said.rule = claims.rule
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
