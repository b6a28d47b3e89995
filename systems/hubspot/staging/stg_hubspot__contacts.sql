{{ current_rows("hubspot", "contacts") }}
