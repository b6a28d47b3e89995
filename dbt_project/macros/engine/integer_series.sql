{#- A one-column relation `value` with the integers from first to last. Both are SQL expressions. -#}
{% macro integer_series(first, last) -%}
    {{ return(adapter.dispatch("integer_series")(first, last)) }}
{%- endmacro %}

{% macro duckdb__integer_series(first, last) -%}
    (select unnest(range({{ first }}, {{ last }} + 1)) as value)
{%- endmacro %}

{#- `sequence` counts down where the last is before the first. -#}
{% macro spark__integer_series(first, last) -%}
    (
        select
            explode(
                case
                    when {{ last }} >= {{ first }}
                    then sequence(cast({{ first }} as bigint), cast({{ last }} as bigint))
                end
            ) as value
    )
{%- endmacro %}
