{{ union_systems("owners") }}
