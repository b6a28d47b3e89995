{#-
    A total of the model equals a total of its source; `excluded` names an entity whose excluded rows
    (fct_excluded_rows) are added back. `tolerance` is for sums of fractions; money and counts tie exactly.
-#}
{% test ties_to(
    model,
    expression,
    other,
    other_expression=none,
    condition="true",
    other_condition="true",
    excluded=none,
    tolerance=0
) %}
    with
        actual as (select coalesce({{ expression }}, 0) as total from {{ model }} where {{ condition }}),

        expected as (
            select coalesce({{ other_expression or expression }}, 0) as total
            from {{ other }}
            where {{ other_condition }}
        ),

        set_aside as (
            {% if excluded -%}
                select coalesce(sum(row_count), 0) as total
                from {{ ref("fct_excluded_rows") }}
                where entity = '{{ excluded }}'
            {%- else -%}select 0 as total
            {%- endif %}
        )

    select actual.total as actual_total, set_aside.total as excluded_total, expected.total as expected_total
    from actual
    cross join expected
    cross join set_aside
    where abs(actual.total + set_aside.total - expected.total) > {{ tolerance }}
{% endtest %}
