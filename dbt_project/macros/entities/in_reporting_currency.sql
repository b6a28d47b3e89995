{#-
    An amount at the rate of its currency, with the decimals that it came with: nothing is rounded to cents before it is
    added up. Shape: decimal(24, 6); null without a rate.
-#}
{% macro in_reporting_currency(amount) -%}
    cast(
        case
            when rates.rate_to_reporting = 1
            then {{ amount }}
            else {{ rounded(amount ~ " * rates.rate_to_reporting", 6) }}
        end as decimal(24, 6)
    )
{%- endmacro %}
