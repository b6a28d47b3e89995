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

{#-
    Spark takes the earlier one of an hour that comes twice, so that an hour later is read too. Of an hour that is skipped, the
    hour later is too early.
-#}
{% macro spark__local_to_utc(local_timestamp, time_zone) -%}
    greatest(
        convert_timezone({{ time_zone }}, 'UTC', {{ local_timestamp }}),
        convert_timezone({{ time_zone }}, 'UTC', {{ local_timestamp }} + interval '1' hour)
        - interval '1' hour
    )
{%- endmacro %}
