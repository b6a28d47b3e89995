{{ union_systems("owner_changes") }}
