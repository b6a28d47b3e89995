-- A list without any date shows who has opted out, and not since when: no activity, which has its time. Its
-- own records have no date either, so none of them is a person: an e-mail ties them to one.
with
    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    dated as (
        select person_id, min(happened_at) as opted_out_at
        from {{ ref("int_person_activities") }}
        where activity_type = 'opt_out'
        group by person_id
    ),

    undated as (
        select distinct system, person_record_id
        from {{ ref("int_activities") }}
        where happened_at is null and {{ known_activity_type("activity_label") }} = 'opt_out'
    ),

    addresses as (
        select persons.system, persons.person_record_id, {{ normalised_emails("persons.email") }} as email
        from {{ ref("int_persons") }} as persons
        inner join
            undated on persons.system = undated.system and persons.person_record_id = undated.person_record_id
    ),

    -- A shared mailbox is nobody's.
    emails as (select * from {{ ref("int_record_emails") }} where not is_shared),

    found as (
        select links.person_id
        from undated
        inner join
            links on undated.system = links.system and undated.person_record_id = links.person_record_id
        union
        select links.person_id
        from addresses
        inner join emails on addresses.email = emails.normalised_email
        inner join links on emails.record_id = {{ global_id("links.system", "links.person_record_id") }}
    )

select coalesce(dated.person_id, found.person_id) as person_id, dated.opted_out_at
from dated
full outer join found on dated.person_id = found.person_id
