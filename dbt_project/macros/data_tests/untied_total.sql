{#-
    A query: a row that names the fault, with both totals, if a total of the relation differs from a total of `other`, a
    model or a part of a query. `excluded` names an entity whose excluded rows (fct_excluded_rows) are added back;
    `tolerance` is for sums of fractions: money and counts tie exactly. `name` is what the fault is called; without it, both
    expressions.
-#}
{% macro untied_total(
    model,
    expression,
    other,
    other_expression=none,
    condition="true",
    other_condition="true",
    excluded=none,
    tolerance=0,
    name=none
) %}
    {%- set expected = other_expression or expression %}
    {%- set sides = [
        expression ~ (" [" ~ condition ~ "]" if condition != "true" else ""),
        " + excluded " ~ excluded if excluded else "",
        " = " ~ expected ~ " of " ~ other,
        " [" ~ other_condition ~ "]" if other_condition != "true" else "",
    ] %}
    {%- set words = modules.re.sub('(?:"[^"]+"\\.)+"([^"]+)"', "\\1", name or sides | join) %}
    {%- set called = words.split() | join(" ") | replace("'", "''") %}
    {%- set total = "actual.total + set_aside.total" if excluded else "actual.total" %}
    select
        '{{ called }}: '
        || cast({{ total }} as string)
        || ' instead of '
        || cast(expected.total as string) as fault,
        1 as failing_rows
    from (select coalesce({{ expression }}, 0) as total from {{ model }} where {{ condition }}) as actual
    cross join
        (select coalesce({{ expected }}, 0) as total from {{ other }} where {{ other_condition }}) as expected
    {%- if excluded %}
        cross join
            (
                select coalesce(sum(row_count), 0) as total
                from {{ ref("fct_excluded_rows") }}
                where entity = '{{ excluded }}'
            ) as set_aside
    {%- endif %}
    where abs({{ total }} - expected.total) > {{ tolerance }}
{% endmacro %}
