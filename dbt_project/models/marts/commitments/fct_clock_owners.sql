select
    commitment_id,
    version as agreement_version,
    team,
    commitment,
    journey_id,
    owner_id,
    started_at,
    ended_at,
    held_minutes,
    held_business_minutes,
    share_rate,
    is_owner_when_due
from {{ ref("int_clock_owners") }}
