{#- The class of size of a company by its employees, as European statistics divide them; null if their number is not known. -#}
{% macro company_size(employees) -%}
    case
        when {{ employees }} < 10
        then '1 to 9'
        when {{ employees }} < 50
        then '10 to 49'
        when {{ employees }} < 250
        then '50 to 249'
        when {{ employees }} >= 250
        then '250 or more'
    end
{%- endmacro %}
