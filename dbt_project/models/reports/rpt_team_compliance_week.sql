{{ team_compliance("week") }}
