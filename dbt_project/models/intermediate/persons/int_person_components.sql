{{ connected_components("(select * from " ~ ref("int_link_candidates") ~ " where ambiguity is null)") }}
