{#-
    Each key of the relation has its row in the table that it points to (`missing_keys`), where `holds` cannot have the
    keys: such a table is not upstream of the relation.
-#}
{% test keys_exist(model, keys, except_values=[]) %}
    {{ config(fail_calc="coalesce(sum(failing_rows), 0)") }}
    with faults as ({{ missing_keys(model, keys, except_values) }})

    select fault || ' fails, rows: ' || cast(failing_rows as string) as fault, failing_rows
    from faults
    where failing_rows > 0
{% endtest %}
