{#- The band of twenty points that a score from 0 to 100 is in; 100 belongs to the highest. -#}
{% macro score_band(score) -%}
    cast(cast(least(floor({{ score }} / 20), 4) * 20 as integer) as string)
    || ' to '
    || cast(cast(least(floor({{ score }} / 20), 4) * 20 + 20 as integer) as string)
{%- endmacro %}

{#- True when a row of fct_person_scores is the person's score at an instant. -#}
{% macro held_at(scores, instant) -%}
    {{ instant }} >= {{ scores }}.scored_at
    and {{ instant }} < coalesce({{ scores }}.next_scored_at, timestamp '9999-12-31')
{%- endmacro %}
