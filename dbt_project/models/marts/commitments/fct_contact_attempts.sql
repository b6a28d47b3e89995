select
    clock_id as cadence_id,
    attempt_number,
    agreement_version,
    commitment,
    journey_id,
    activity_id,
    owner_id,
    happened_at,
    {{ minutes_between("gap_from", "happened_at") }} / 60 as gap_hours
from {{ ref("int_cadence_attempts") }}
