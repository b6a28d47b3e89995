{{ union_systems("survey_invitations") }}
