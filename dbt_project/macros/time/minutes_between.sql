{#- Elapsed minutes with fractions between two UTC timestamps; negative when the second comes first. -#}
{% macro minutes_between(from_timestamp, to_timestamp) -%}
    cast({{ to_microseconds(to_timestamp) }} - {{ to_microseconds(from_timestamp) }} as double) / 60000000
{%- endmacro %}

{#- Elapsed days with fractions; whole days of the calendar where one of the two is a date without a time. -#}
{% macro days_between(from_timestamp, to_timestamp) -%}
    case
        when {{ has_time(from_timestamp) }} and {{ has_time(to_timestamp) }}
        then {{ minutes_between(from_timestamp, to_timestamp) }} / 1440
        else {{ days_apart(local_date(from_timestamp), local_date(to_timestamp)) }}
    end
{%- endmacro %}
