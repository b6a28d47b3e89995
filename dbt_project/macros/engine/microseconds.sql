{#- A UTC timestamp as whole microseconds since 1970, and back: integers, so that 60 minutes are exactly 60 minutes. -#}
{% macro to_microseconds(utc_timestamp) -%}
    {{ return(adapter.dispatch("to_microseconds")(utc_timestamp)) }}
{%- endmacro %}

{% macro duckdb__to_microseconds(utc_timestamp) -%} epoch_us({{ utc_timestamp }}) {%- endmacro %}

{% macro from_microseconds(microseconds) -%}
    {{ return(adapter.dispatch("from_microseconds")(microseconds)) }}
{%- endmacro %}

{% macro duckdb__from_microseconds(microseconds) -%}
    make_timestamp(cast({{ microseconds }} as bigint))
{%- endmacro %}

{#- The session is in UTC, and `timestamp` is the type without zone. -#}
{% macro spark__to_microseconds(utc_timestamp) -%}
    unix_micros(cast({{ utc_timestamp }} as timestamp_ltz))
{%- endmacro %}

{% macro spark__from_microseconds(microseconds) -%}
    cast(timestamp_micros(cast({{ microseconds }} as bigint)) as timestamp_ntz)
{%- endmacro %}
