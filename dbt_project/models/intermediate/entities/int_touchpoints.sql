{{ union_systems('touchpoints') }}
