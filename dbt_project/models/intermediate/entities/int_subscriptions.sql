{{ union_systems("subscriptions") }}
