-- Possible links that can be read in two ways: listed for review, and not made.
with
    candidates as (select * from {{ ref("int_link_candidates") }} where ambiguity is not null),

    visitors as (select * from {{ ref("int_visitor_links") }} where ambiguity is not null)

select record_id, other_record_id, rule, ambiguity
from candidates
union
select record_id, person_id as other_record_id, 'normalised_email' as rule, ambiguity
from visitors
union
select record_id, other_person_id as other_record_id, 'normalised_email' as rule, ambiguity
from visitors
