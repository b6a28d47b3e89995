{#-
    The precision of a time. A date without a time is a day: it is kept as the company's midnight at which it begins, so
    that it never moves when zones differ. An instant that falls on that midnight is kept a microsecond after it; so
    whether a time was given can be seen in the value, wherever it is.
-#}
{% macro has_time(utc_timestamp) -%}
    ({{ utc_timestamp }} <> {{ start_of_date(local_date(utc_timestamp)) }})
{%- endmacro %}

{#- Whether it is midnight, given or not: a system that gives nothing else gives dates, in whatever zone it writes them. -#}
{% macro is_midnight(utc_timestamp) -%}
    (
        {{ to_microseconds(utc_timestamp) }}
        <= {{ to_microseconds(start_of_date(local_date(utc_timestamp))) }} + 1
    )
{%- endmacro %}

{#- The last microsecond of its day. -#}
{% macro end_of_day(utc_timestamp) -%}
    {{ from_microseconds(to_microseconds(start_of_date(next_day(local_date(utc_timestamp)))) ~ " - 1") }}
{%- endmacro %}

{#- The latest instant that it can be: of a day its last microsecond. -#}
{% macro latest_of(utc_timestamp) -%}
    case when {{ has_time(utc_timestamp) }} then {{ utc_timestamp }} else {{ end_of_day(utc_timestamp) }} end
{%- endmacro %}

{#- Its microseconds, without the one that shows that a midnight was given: so that an hour is exactly an hour. -#}
{% macro exact_microseconds(utc_timestamp) -%}
    (
        {{ to_microseconds(utc_timestamp) }}
        - case when {{ is_midnight(utc_timestamp) }} and {{ has_time(utc_timestamp) }} then 1 else 0 end
    )
{%- endmacro %}

{#- A time of an export is a bare date where it is midnight on its own clock: ingestion moves given times off midnight. -#}
{% macro is_bare_date(raw_timestamp) -%}
    ({{ raw_timestamp }} = cast(cast({{ raw_timestamp }} as date) as timestamp))
{%- endmacro %}

{#- An instant with a time. Midnights fall on quarters of an hour, so that the dear question is asked of few. -#}
{% macro timed(utc_timestamp) -%}
    case
        when {{ to_microseconds(utc_timestamp) }} % {{ slot_microseconds() }} <> 0
        then {{ utc_timestamp }}
        when {{ has_time(utc_timestamp) }}
        then {{ utc_timestamp }}
        else {{ from_microseconds(to_microseconds(utc_timestamp) ~ " + 1") }}
    end
{%- endmacro %}

{#- A time of an export that is in UTC already. -#}
{% macro utc_or_day(utc_timestamp) -%}
    case
        when {{ is_bare_date(utc_timestamp) }}
        then {{ start_of_date(utc_timestamp) }}
        else {{ timed(utc_timestamp) }}
    end
{%- endmacro %}
