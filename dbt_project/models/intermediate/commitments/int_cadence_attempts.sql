with
    cadences as (select * from {{ ref("int_clocks") }} where kind = 'cadence'),

    contacts as (select * from {{ ref("int_clock_contacts") }} where is_counted and not is_before_start)

select
    cadences.clock_id,
    cadences.agreement_version,
    {{ commitment_of_tier("cadences.commitment", "cadences.tier") }} as commitment,
    cadences.journey_id,
    contacts.activity_id,
    contacts.owner_id,
    contacts.happened_at,
    contacts.latest_at,
    row_number() over attempt_order as attempt_number,
    -- Of those alone that came after the start, at whatever time of their days both were.
    case
        when contacts.is_sure
        then
            row_number() over (
                partition by cadences.clock_id, contacts.is_sure
                order by contacts.latest_at, contacts.activity_id
            )
    end as sure_number,
    coalesce(lag(contacts.happened_at) over attempt_order, cadences.started_at) as gap_from
from cadences
inner join contacts on cadences.clock_id = contacts.clock_id
window attempt_order as (partition by cadences.clock_id order by contacts.happened_at, contacts.activity_id)
