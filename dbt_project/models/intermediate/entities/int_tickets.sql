{{ union_systems("tickets") }}
