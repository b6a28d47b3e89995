{{ union_systems('activities') }}
