-- The contacts that count for each promise: of the types that it names, within the journey.
with
    clocks as (select * from {{ ref("int_clocks") }}),

    contacts as (select * from {{ ref("int_person_activities") }} where is_contact),

    counted_activities as (select * from {{ ref("stg_agreement__commitment_activities") }})

select
    clocks.clock_id,
    contacts.activity_id,
    contacts.activity_type,
    contacts.owner_id,
    contacts.happened_at,
    contacts.happened_at < clocks.started_at as is_before_start
from clocks
inner join
    contacts
    on clocks.person_id = contacts.person_id
    and contacts.happened_at >= clocks.counts_from
    and contacts.happened_at < clocks.counts_to
inner join
    counted_activities
    on clocks.version = counted_activities.version
    and clocks.commitment = counted_activities.commitment
    and contacts.activity_type = counted_activities.activity_type
