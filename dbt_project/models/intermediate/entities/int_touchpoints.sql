{{ union_systems("touchpoints") }}
