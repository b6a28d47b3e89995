{{ sla_compliance("quarter") }}
