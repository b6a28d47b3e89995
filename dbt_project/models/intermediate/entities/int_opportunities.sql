{{ union_systems("opportunities") }}
