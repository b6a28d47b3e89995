{{ team_compliance("month") }}
