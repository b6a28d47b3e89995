{{ union_systems("stage_changes") }}
