{#- What a commitment comes to in the end, by one reading of its times. Dates without a time have several readings: it is
    kept, missed or excused only if it is so by all of them. -#}
{% macro commitment_outcome(kept_at, due_at, excused_at, is_by_owner, own_exit) -%}
    {%- set own = is_own_exit(is_by_owner, excused_at, due_at, kept_at) -%}
    {{
        commitment_status(
            kept_at, due_at, valid_excuse(excused_at, own, own_exit), "timestamp '9999-12-31'"
        )
    }}
{%- endmacro %}

{#- The class of a commitment at the as-of, by its outcome in the reading most in favour of keeping it, in that of the
    excuse and in that of missing it. Null where the dates do not decide it once it is due. -#}
{% macro dated_status(if_kept, if_excused, if_missed, due_at, as_of) -%}
    case
        when {{ if_kept }} = 'excused' and {{ if_missed }} = 'excused'
        then 'excused'
        when {{ if_kept }} = 'kept' and {{ if_excused }} = 'kept' and {{ if_missed }} = 'kept'
        then case when {{ as_of }} > {{ due_at }} then 'kept' else 'early' end
        when not {{ as_of }} > {{ due_at }}
        then 'open'
        when {{ if_kept }} = 'missed' and {{ if_excused }} = 'missed'
        then 'missed'
        else 'not_evaluated'
    end
{%- endmacro %}
