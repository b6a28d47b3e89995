{#-
    All requirements of one relation that read nothing but the relation and what is upstream of it, in one query; a row per
    fault names it. `unique` lists columns, or lists of columns that are unique together (nulls in a single column repeat
    freely); `not_null` lists columns; `accepted_values` lists by column the values that are allowed in it; `keys` and
    `except_values` are those of `missing_keys`; each of `ties` has the arguments of `untied_total`.
-#}
{% test holds(model, unique=[], not_null=[], accepted_values={}, keys={}, except_values=[], ties=[]) %}
    {{ config(fail_calc="coalesce(sum(failing_rows), 0)") }}
    with
        counted as (
            select
                {% for column in not_null %}
                    count(*) - count({{ column }}) as not_null_{{ loop.index }},
                {% endfor %}
                {% for column, values in accepted_values.items() %}
                    count(
                        case
                            when
                                {{ column }} not in (
                                    {% for value in values %}
                                        '{{ value }}'{{ "," if not loop.last }}
                                    {% endfor %}
                                )
                            then 1
                        end
                    ) as accepted_values_{{ loop.index }},
                {% endfor %}
                count(*) as rows_in_all
            from {{ model }}
        ),

        faults as (
            select 'nothing' as fault, 0 as failing_rows
            {% for column in not_null %}
                union all
                select 'not_null {{ column }}', not_null_{{ loop.index }}
                from counted
            {% endfor %}
            {% for column in accepted_values %}
                union all
                select 'accepted_values {{ column }}', accepted_values_{{ loop.index }}
                from counted
            {% endfor %}
            {% for key in unique %}
                    {%- set columns = [key] if key is string else key %}
                union all
                select 'unique {{ columns | join(", ") }}', count(*)
                from
                    (
                        select {{ columns | join(", ") }}
                        from {{ model }}
                        {% if key is string %} where {{ key }} is not null {% endif %}
                        group by {{ columns | join(", ") }}
                        having count(*) > 1
                    ) as repeated
            {% endfor %}
            {% if keys %}
                union all
                {{ missing_keys(model, keys, except_values) }}
            {% endif %}
        )

    select fault || ' fails, rows: ' || cast(failing_rows as string) as fault, failing_rows
    from faults
    where failing_rows > 0
    {% for tie in ties %}
        union all
        {{ untied_total(model, **tie) }}
    {% endfor %}
{% endtest %}
