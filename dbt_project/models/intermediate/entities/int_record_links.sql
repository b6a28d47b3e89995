{{ union_systems("record_links") }}
