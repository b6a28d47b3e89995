{#- The size of a loan: the log has no product, and the amount is what an application has from its first event on. -#}
{% macro bpi2012_loan(amount) -%}
    case
        when {{ amount }} <= 7500
        then 'small loan'
        when {{ amount }} <= 15000
        then 'medium loan'
        else 'large loan'
    end
{%- endmacro %}
