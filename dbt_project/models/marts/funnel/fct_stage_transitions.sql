select * from {{ ref("int_stage_transitions") }}
