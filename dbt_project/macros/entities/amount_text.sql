{#- An amount as a person writes it: with cents, and with more decimals only where it has them. -#}
{% macro amount_text(amount) -%} regexp_replace(cast({{ amount }} as string), '0{1,4}$', '') {%- endmacro %}
