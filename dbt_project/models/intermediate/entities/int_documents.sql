{{ union_systems("documents") }}
