{{ sla_compliance("month") }}
