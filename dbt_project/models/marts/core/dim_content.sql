select content_name, content_kind, content_stage, stage_place, content_persona, is_gap
from {{ ref("int_contents") }}
