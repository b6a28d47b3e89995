{#- Whether the owner caused the excuse: they sent the lead away before the due instant, and the work that was
    outstanding then was not done in time anyway. -#}
{% macro is_own_exit(is_by_owner, excused_at, due_at, kept_at) -%}
    coalesce(
        {{ is_by_owner }}
        and {{ excused_at }} <= {{ due_at }}
        and ({{ kept_at }} is null or {{ kept_at }} > {{ due_at }}),
        false
    )
{%- endmacro %}

{#- The instant of an excuse, if the agreement accepts it: own_exit defines whether an owner's own exit counts. -#}
{% macro valid_excuse(excused_at, is_own_exit, own_exit) -%}
    case when not ({{ is_own_exit }} and {{ own_exit }} = 'missed') then {{ excused_at }} end
{%- endmacro %}
