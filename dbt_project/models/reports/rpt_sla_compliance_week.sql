{{ sla_compliance("week") }}
