select system, source_label, source_detail, channel, lead_type, valid_from, valid_to
from {{ source("reference", "channel_rules") }}
