{#- Points as a score from 0 to 100: held between 0 and the cap, as a share of it, to four decimals. -#}
{% macro share_of_cap(points, cap) -%}
    {%- set held = "least(greatest(cast(" ~ points ~ " as double), 0), " ~ cap ~ ")" -%}
    cast({{ rounded("100 * " ~ held ~ " / " ~ cap, 4) }} as decimal(9, 4))
{%- endmacro %}
