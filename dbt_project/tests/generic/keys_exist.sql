{#-
    Each key of the relation has its row in the table that it points to, in one query; a row per fault names the key and
    counts its rows. `keys` gives the model per column, whose column has the same name, or model.column; null points
    nowhere, and neither does a value of `except_values`.
-#}
{% test keys_exist(model, keys, except_values=[]) %}
    {{ config(fail_calc="coalesce(sum(failing_rows), 0)") }}
    with
        faults as (
            {% for column, pointed in keys.items() %}
                {%- set target = pointed.split(".")[0] %}
                {%- set key = pointed.split(".")[1] if "." in pointed else column %}
                select '{{ column }} in {{ target }}' as fault, count(*) as failing_rows
                from {{ model }} as pointing
                left join {{ ref(target) }} as target on pointing.{{ column }} = target.{{ key }}
                where
                    pointing.{{ column }} is not null and target.{{ key }} is null
                    {%- for value in except_values %} and pointing.{{ column }} <> '{{ value }}' {% endfor %}
                    {{ "union all" if not loop.last }}
            {% endfor %}
        )

    select fault, failing_rows
    from faults
    where failing_rows > 0
{% endtest %}
