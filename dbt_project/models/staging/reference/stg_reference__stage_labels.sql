select system, stage_label, stage, valid_from, valid_to from {{ source("reference", "stage_labels") }}
