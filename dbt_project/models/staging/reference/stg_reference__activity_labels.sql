select
    system,
    activity_label,
    outcome_label,
    activity_type,
    activity_class,
    is_wrong_number,
    valid_from,
    valid_to
from {{ source("reference", "activity_labels") }}
