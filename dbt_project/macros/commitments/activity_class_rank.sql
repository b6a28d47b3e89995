{#- The order of the classes: what is a conversation is a contact and an attempt too. -#}
{% macro activity_class_rank(activity_class) -%}
    case
        {{ activity_class }} when 'attempt' then 1 when 'contact' then 2 when 'conversation' then 3 else 0
    end
{%- endmacro %}
