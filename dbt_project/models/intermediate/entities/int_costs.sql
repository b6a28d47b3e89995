{{ union_systems("costs") }}
