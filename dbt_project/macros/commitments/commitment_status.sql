{#- The class of one commitment at the as-of. The first of kept and excused decides and stays (at one instant: kept);
    a due instant has passed when the as-of is later than it. A commitment that is kept before it is due is not a
    success yet: it counts in the share only together with those that were missed until then. -#}
{% macro commitment_status(kept_at, due_at, excused_at, as_of) -%}
    case
        when {{ excused_at }} <= {{ due_at }} and ({{ kept_at }} is null or {{ excused_at }} < {{ kept_at }})
        then 'excused'
        when {{ kept_at }} <= {{ due_at }}
        then case when {{ as_of }} > {{ due_at }} then 'kept' else 'early' end
        when {{ as_of }} > {{ due_at }}
        then 'missed'
        else 'open'
    end
{%- endmacro %}
