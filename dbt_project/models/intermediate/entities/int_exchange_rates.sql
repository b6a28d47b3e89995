{{ union_systems("exchange_rates") }}
