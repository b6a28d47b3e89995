select
    clock_id as cadence_id,
    attempt_number,
    agreement_version,
    commitment,
    journey_id,
    activity_id,
    owner_id,
    happened_at,
    case
        when {{ has_time("gap_from") }} and {{ has_time("happened_at") }}
        then {{ minutes_between("gap_from", "happened_at") }} / 60
    end as gap_hours
from {{ ref("int_cadence_attempts") }}
