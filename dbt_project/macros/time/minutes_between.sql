{#- Elapsed minutes with fractions between two UTC timestamps; negative when the second comes first. -#}
{% macro minutes_between(from_timestamp, to_timestamp) -%}
    cast({{ to_microseconds(to_timestamp) }} - {{ to_microseconds(from_timestamp) }} as double) / 60000000
{%- endmacro %}
