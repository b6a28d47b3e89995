{#- The dense calendar counts quarters of an hour since 1970 in UTC; these are the length of one and the number of a moment's. -#}
{% macro slot_microseconds() -%} 900000000 {%- endmacro %}

{% macro slot_of(microseconds) -%}
    cast(floor(({{ microseconds }}) / cast({{ slot_microseconds() }} as double)) as bigint)
{%- endmacro %}
