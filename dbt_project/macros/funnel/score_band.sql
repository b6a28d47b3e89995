{#- The band of twenty points that a score from 0 to 100 is in; 100 belongs to the highest. -#}
{% macro score_band(score) -%}
    cast(cast(least(floor({{ score }} / 20), 4) * 20 as integer) as string)
    || ' to '
    || cast(cast(least(floor({{ score }} / 20), 4) * 20 + 20 as integer) as string)
{%- endmacro %}
