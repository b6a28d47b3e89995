{#-
    A wall-clock timestamp of a zone as a UTC timestamp without zone. Both arguments are SQL expressions. When the clocks go
    back, an hour comes twice: it means the later one, of standard time (no clock is then due before it is). When they go
    forward, an hour is skipped: it is read with the offset from before, so 02:30 is 03:30.
-#}
{% macro local_to_utc(local_timestamp, time_zone) -%}
    {{ return(adapter.dispatch("local_to_utc")(local_timestamp, time_zone)) }}
{%- endmacro %}

{% macro duckdb__local_to_utc(local_timestamp, time_zone) -%}
    timezone('UTC', timezone({{ time_zone }}, {{ local_timestamp }}))
{%- endmacro %}
