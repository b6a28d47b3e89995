{#-
    A total of the relation equals a total of another table (`untied_total`), where `holds` cannot have the tie: what it
    reads is not upstream of the relation.
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
    {{
        untied_total(
            model, expression, other, other_expression, condition, other_condition, excluded, tolerance
        )
    }}
{% endtest %}
