{#-
    One row per state of a system's invoices or subscriptions, in the form in which words are compared: its meaning, why it is
    not money, and whether an invoice is paid (null where the word does not show it). The company's own rows take precedence.
-#}
{% macro billing_states(system, record_type) -%}
    select state_label, meaning, exclusion_reason, is_paid
    from {{ ref("stg_reference__billing_states") }}
    where record_type = '{{ record_type }}' and coalesce(system, '{{ system }}') = '{{ system }}'
    qualify row_number() over (partition by state_label order by case when is_own then 1 else 2 end) = 1
{%- endmacro %}

{#- Why a row of `label` is not money by the CTE `states`; an unknown state is none. Without a state there is nothing to ask about. -#}
{% macro not_money(label) -%}
    case
        when {{ label }} is not null and states.meaning is null
        then 'state not in billing_states'
        else states.exclusion_reason
    end
{%- endmacro %}
