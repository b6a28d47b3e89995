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

    records as (
        select distinct {{ global_id("system", "person_record_id") }} as record_id
        from {{ ref("int_persons") }}
    ),

    spellings as (select lower(record_id) as folded_id, min(record_id) as record_id from records group by 1),

    -- An id of no record, that of a record except for upper and lower case, which a tool may have changed.
    misspelt as (
        select distinct system_links.other_record_id, spellings.record_id
        from system_links
        inner join spellings on lower(system_links.other_record_id) = spellings.folded_id
        where
            not exists (select 1 from records where records.record_id = system_links.other_record_id)
            and spellings.record_id != system_links.record_id
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
            coalesce(misspelt.record_id, system_links.other_record_id) as other_record_id,
            system_links.rule,
            case
                when misspelt.record_id is not null
                then 'the id ' || system_links.other_record_id || ' differs from it in upper and lower case'
                when claims.emails > 1
                then 'records with different e-mails bear the same id'
            end as ambiguity
        from system_links
        left join
            claims
            on system_links.other_record_id = claims.other_record_id
            and system_links.rule = claims.rule
        left join misspelt on system_links.other_record_id = misspelt.other_record_id
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
