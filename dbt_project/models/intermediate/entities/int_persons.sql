{{ union_systems("persons") }}
