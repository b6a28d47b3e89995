{#-
    A total of each key of the model equals the total of the same key in another; a key that one of them lacks has 0.
    `tolerance` is for sums of fractions.
-#}
{% test sums_tie(
    model,
    key,
    expression,
    other,
    other_expression,
    condition="true",
    other_condition="true",
    tolerance=0
) %}
    with
        actual as (
            select {{ key }} as key, {{ expression }} as total
            from {{ model }}
            where {{ condition }}
            group by {{ key }}
        ),

        expected as (
            select {{ key }} as key, {{ other_expression }} as total
            from {{ other }}
            where {{ other_condition }}
            group by {{ key }}
        )

    select
        coalesce(actual.key, expected.key) as key,
        actual.total as actual_total,
        expected.total as expected_total
    from actual
    full outer join expected on actual.key = expected.key
    where abs(coalesce(actual.total, 0) - coalesce(expected.total, 0)) > {{ tolerance }}
{% endtest %}
