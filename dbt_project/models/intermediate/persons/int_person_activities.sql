-- What passed between sales and a person, in the types of the agreement.
with
    activities as (select * from {{ ref("int_activities") }} where {{ until_as_of("happened_at") }}),

    links as (select * from {{ ref("int_person_links") }} where exclusion_reason is null),

    owner_links as (select * from {{ ref("int_owner_links") }}),

    labels as (select * from {{ ref("stg_reference__activity_labels") }})

select
    {{ global_id("activities.system", "activities.activity_record_id") }} as activity_id,
    links.person_id,
    {{ global_id("activities.system", "activities.opportunity_record_id") }} as opportunity_id,
    owner_links.owner_id,
    labels.activity_type,
    activities.activity_label,
    activities.outcome_label,
    activities.happened_at,
    activities.logged_at,
    coalesce(activities.is_inbound, false) as is_inbound,
    -- What a person at the company did towards a person can keep a promise of contact.
    not coalesce(activities.is_inbound, false) and not coalesce(owner_links.is_automatic, false) as is_contact
from activities
inner join links on activities.system = links.system and activities.person_record_id = links.person_record_id
inner join
    labels
    on activities.system = labels.system
    and activities.activity_label = labels.activity_label
    and {{ in_force("labels", local_date("activities.happened_at")) }}
left join
    owner_links
    on activities.system = owner_links.system
    and activities.owner_record_id = owner_links.owner_record_id
