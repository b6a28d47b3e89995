{#-
    Queries, united: a row per key of the relation, with the count of its rows whose key has no row in the table that it
    points to. `keys` gives the model per column, whose column has the same name, or model.column; null points nowhere,
    and neither does a value of `except_values`.
-#}
{% macro missing_keys(model, keys, except_values) %}
    {%- for column, pointed in keys.items() %}
        {%- set target = pointed.split(".")[0] %}
        {%- set key = pointed.split(".")[1] if "." in pointed else column %}
        {{ "union all" if not loop.first }}
        select '{{ column }} in {{ target }}' as fault, count(*) as failing_rows
        from {{ model }} as pointing
        left join {{ ref(target) }} as target on pointing.{{ column }} = target.{{ key }}
        where
            pointing.{{ column }} is not null and target.{{ key }} is null
            {%- for value in except_values %} and pointing.{{ column }} <> '{{ value }}' {% endfor %}
    {% endfor %}
{% endmacro %}
