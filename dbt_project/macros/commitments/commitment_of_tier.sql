{#- A commitment with tiers is evaluated tier by tier, each by its own target, and each is named on its own. -#}
{% macro commitment_of_tier(commitment, tier) -%}
    {{ commitment }} || coalesce(' (' || {{ tier }} || ')', '')
{%- endmacro %}
