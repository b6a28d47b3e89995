select system, name_pattern, revenue_stream, lead_type, persona, valid_from, valid_to
from {{ source("reference", "campaign_rules") }}
