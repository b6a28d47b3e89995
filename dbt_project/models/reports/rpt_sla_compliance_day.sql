{{ sla_compliance("day") }}
