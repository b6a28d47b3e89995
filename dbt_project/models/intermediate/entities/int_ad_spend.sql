{{ union_systems("ad_spend") }}
