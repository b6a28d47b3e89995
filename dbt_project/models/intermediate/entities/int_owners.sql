{{ union_systems('owners') }}
