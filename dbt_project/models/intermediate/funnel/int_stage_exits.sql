-- Who ended a journey, and why: the class that the agreement gives the reason, and whether it was the lead's
-- own owner. Where the system names nobody it was the owner of the lead at that time; a queue sends nobody
-- away.
with
    transitions as (select * from {{ ref("int_stage_transitions") }}),

    stages as (select * from {{ ref("known_stages") }} where is_side_state),

    reasons as (select * from {{ source("agreement", "handoff_reasons") }}),

    assignments as (select * from {{ ref("int_owner_assignments") }}),

    profiles as (select * from {{ ref("int_person_profiles") }}),

    owners as (select * from {{ ref("int_owner_links") }} where is_first_record and not is_automatic),

    -- Without a recorded change of owner, today's owner had the lead all the time.
    owned as (
        select
            transitions.*,
            case
                when assignments.is_assigned
                then assignments.owner_id
                when
                    assignments.owned_from = timestamp '0001-01-01'
                    and assignments.owned_until = timestamp '9999-12-31'
                then owners.owner_id
            end as lead_owner_id
        from transitions
        inner join stages on transitions.stage = stages.stage
        inner join profiles on transitions.person_id = profiles.person_id
        left join
            assignments
            on transitions.person_id = assignments.person_id
            and transitions.entered_at >= assignments.owned_from
            and transitions.entered_at < assignments.owned_until
        left join owners on profiles.owner_id = owners.owner_id
    )

select
    owned.stage_transition_id,
    owned.journey_id,
    owned.stage,
    owned.entered_at,
    case
        when owned.reason_label is not null then coalesce(reasons.reason_class, 'unclassified')
    end as reason_class,
    coalesce(coalesce(owned.owner_id, owned.lead_owner_id) = owned.lead_owner_id, false) as is_by_owner
from owned
left join
    reasons
    on owned.agreement_version = reasons.agreement_version
    and {{ folded_word("owned.reason_label") }} = {{ folded_word("reasons.reason_label") }}
qualify row_number() over (partition by owned.stage_transition_id order by reasons.reason_class) = 1
