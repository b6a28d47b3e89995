{{ union_systems("qualification_answers") }}
