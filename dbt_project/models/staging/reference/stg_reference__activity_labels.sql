select system, activity_label, activity_type, valid_from, valid_to
from {{ source("reference", "activity_labels") }}
