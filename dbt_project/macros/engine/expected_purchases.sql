{#-
    Repeat purchases of a new customer by a function in Python (orchestration/lib/customers), in a query that groups
    customers. On another engine it is a function of the session.
-#}
{% macro expected_purchases(repeats, last_weeks, observed_weeks, weeks) -%}
    {{ return(adapter.dispatch("expected_purchases")(repeats, last_weeks, observed_weeks, weeks)) }}
{%- endmacro %}

{% macro duckdb__expected_purchases(repeats, last_weeks, observed_weeks, weeks) -%}
    {%- set keys = [repeats, last_weeks, observed_weeks] | join(", ") -%}
    expected_purchases(
        {% for column in [repeats, last_weeks, observed_weeks] -%}
            list({{ column }} order by {{ keys }}),
        {% endfor %}
        {{ weeks }}
    )
{%- endmacro %}
