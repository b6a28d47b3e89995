{#- Whether an excuse is one that the owner made himself: before it was due he sent the lead away, and what he owed
    until then was not done in time all the same. -#}
{% macro is_own_exit(is_by_owner, excused_at, due_at, kept_at) -%}
    coalesce(
        {{ is_by_owner }}
        and {{ excused_at }} <= {{ due_at }}
        and ({{ kept_at }} is null or {{ kept_at }} > {{ due_at }}),
        false
    )
{%- endmacro %}

{#- The instant of an excuse, if it is one by the agreement: own_exit says whether an owner's own counts. -#}
{% macro valid_excuse(excused_at, is_own_exit, own_exit) -%}
    case when not ({{ is_own_exit }} and {{ own_exit }} = 'missed') then {{ excused_at }} end
{%- endmacro %}
