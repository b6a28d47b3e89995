{#-
    Whether an instant was given with a time. A date without one is the company's midnight, and has the precision of a
    day: days apart are counted, minutes are not.
-#}
{% macro has_time(utc_timestamp) -%}
    ({{ utc_timestamp }} <> {{ start_of_date(local_date(utc_timestamp)) }})
{%- endmacro %}
