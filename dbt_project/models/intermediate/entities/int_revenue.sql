{{ union_systems('revenue') }}
