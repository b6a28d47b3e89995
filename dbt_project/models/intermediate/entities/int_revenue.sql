{{ union_systems("revenue") }}
