{{ union_systems("feedback") }}
