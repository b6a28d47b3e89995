{#- An instant (timestamp with time zone) as a UTC timestamp without zone. -#}
{% macro instant_to_utc(instant) -%} {{ return(adapter.dispatch("instant_to_utc")(instant)) }} {%- endmacro %}

{% macro duckdb__instant_to_utc(instant) -%} timezone('UTC', {{ instant }}) {%- endmacro %}

{#- The session is in UTC. -#}
{% macro spark__instant_to_utc(instant) -%} cast({{ instant }} as timestamp_ntz) {%- endmacro %}
