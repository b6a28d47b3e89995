{{ team_compliance("quarter") }}
