{#- The days in a stage at which the ages of a deal begin that have rates of their own, and those at which they end. -#}
{% macro deal_ages() -%}
    (values (0, 7), (7, 14), (14, 30), (30, 60), (60, 90), (90, 180), (180, 100000)) as ages(age, to_days)
{%- endmacro %}

{#- Days from one instant to another, from sums of whole microseconds, which have no order. -#}
{% macro days_of(microseconds) -%} cast({{ microseconds }} as double) / 86400000000 {%- endmacro %}

{#- True of the stay in which a deal was at an instant, as it was known then. -#}
{% macro was_there_at(stays, instant) -%}
    {{ stays }}.entered_at < {{ instant }}
    and coalesce({{ stays }}.left_at, timestamp '9999-12-31 00:00:00') >= {{ instant }}
{%- endmacro %}
