{#- A figure of a commitment for readers, by its unit: 89.9 %, 12.5 days, 1,250. -#}
{% macro figure_with_unit(figure, unit) -%}
    case
        {{ unit }}
        when 'share'
        then {{ readable_number("100 * " ~ figure, 1) }} || ' %'
        when 'days'
        then {{ readable_number(figure, 1) }} || ' days'
        when 'months'
        then {{ readable_number(figure, 1) }} || ' months'
        when 'count'
        then {{ readable_number(figure, 0) }}
        when 'amount'
        then {{ readable_number(figure, 0) }}
        else {{ readable_number(figure, 1) }}
    end
{%- endmacro %}
