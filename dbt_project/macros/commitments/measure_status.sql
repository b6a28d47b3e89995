{#- What the figure of a measure came to; a case whose value or period is not known can go either way. -#}
{% macro measure_status(is_over) -%}
    case
        when not {{ is_over }}
        then 'not yet due'
        when all_cases = 0
        then 'no cases'
        when all_cases < least_cases
        then 'too few cases'
        when cases >= least_cases and (low >= at_least or actual <= at_most)
        then 'reached'
        when cases >= least_cases and (high < at_least or actual > at_most)
        then 'not reached'
        else 'not known yet'
    end
{%- endmacro %}
