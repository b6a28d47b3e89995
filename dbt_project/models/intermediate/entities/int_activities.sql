{{ union_systems("activities") }}
