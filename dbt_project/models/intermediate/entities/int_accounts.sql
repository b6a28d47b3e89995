{{ union_systems("accounts") }}
