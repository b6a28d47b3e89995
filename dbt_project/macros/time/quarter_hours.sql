{#- The dense calendar counts quarters of an hour since 1970 in UTC; these are the length of one and the number of a moment's. -#}
{% macro slot_microseconds() -%} 900000000 {%- endmacro %}

{% macro slot_of(microseconds) -%}
    cast(floor(({{ microseconds }}) / cast({{ slot_microseconds() }} as double)) as bigint)
{%- endmacro %}

{#- Business time from where the calendar begins to an instant, in microseconds: whole open quarters, and the part of the one that is running. -#}
{% macro business_time(slots, microseconds) -%}
    {{ slots }}.open_slots_before * {{ slot_microseconds() }}
    + case when {{ slots }}.is_open then {{ microseconds }} % {{ slot_microseconds() }} else 0 end
{%- endmacro %}

{#- Where the business calendar ends, in microseconds: nothing later has business time. -#}
{% macro calendar_end(slots) -%}
    (select max(slot_number) from {{ slots }}) * {{ slot_microseconds() }}
{%- endmacro %}
