{#- Fails with pairs of dated rows of one key that are in force on the same day: both would apply. -#}
{% test no_overlap(model, columns) %}
    with
        spans as (
            select
                {% for column in columns %} coalesce({{ column }}, '') as {{ column }}, {% endfor %}
                coalesce(valid_from, date '0001-01-01') as valid_from,
                coalesce(valid_to, date '9999-12-31') as valid_to
            from {{ model }}
        )

    select *
    from spans
    qualify
        lead(valid_from) over (partition by {{ columns | join(", ") }} order by valid_from, valid_to)
        < valid_to
{% endtest %}
