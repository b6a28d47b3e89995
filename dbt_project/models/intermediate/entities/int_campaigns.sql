{{ union_systems("campaigns") }}
