{#-
    Fails with pairs of dated rows of one key that are in force on the same day: both would apply. With `meaning`, the columns
    that give the key its meaning, keys are words, compared as labels are; one meaning for the same days may repeat.
-#}
{% test no_overlap(model, columns, meaning=[]) %}
    with
        spans as (
            select
                {{ "distinct" if meaning }}
                {% for column in columns %}
                    coalesce({{ folded_word(column) if meaning else column }}, '') as {{ column }},
                {% endfor %}
                {% for column in meaning %} {{ column }}, {% endfor %}
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
