{#- The first instant that comes surely after it: itself, and of a date without a time the midnight at which the next begins. -#}
{% macro first_instant_after(utc_timestamp) -%}
    case
        when {{ has_time(utc_timestamp) }}
        then {{ utc_timestamp }}
        else {{ start_of_date(next_day(local_date(utc_timestamp))) }}
    end
{%- endmacro %}
