{{ union_systems("line_items") }}
