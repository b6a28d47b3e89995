{#-
    The difference of two rates within strata (Mantel and Haenszel 1959; Cochran's weights), and its 95 % interval: the
    differences that the variance of Sato (Sato, Greenland and Robins 1989) does not refute (Klingenberg 2014). It is
    right for few large strata and for many small ones, and where one group has not reached the outcome at all.
    `stratified_sums` are the sums over strata, of each the members and those of them that reached the outcome; a
    stratum in which one of the groups has no member compares nothing and is in no sum. The other macros read them.
-#}
{% macro stratified_sums(members, reached, other_members, other_reached) -%}
    {%- set n, a, m, c = members, reached, other_members, other_reached -%}
    {%- set all = "cast(" ~ n ~ " + " ~ m ~ " as double)" -%}
    {%- set compared = "filter (where " ~ n ~ " > 0 and " ~ m ~ " > 0)" -%}
    sum({{ n }} * {{ m }} / {{ all }}) {{ compared }} as weight,
    sum({{ a }} * {{ m }} / {{ all }}) {{ compared }} as weighted_reached,
    sum({{ c }} * {{ n }} / {{ all }}) {{ compared }} as weighted_other_reached,
    sum(
        (
            {{ n }} * {{ n }} * {{ c }}
            - {{ m }} * {{ m }} * {{ a }}
            + {{ n }} * {{ m }} * ({{ m }} - {{ n }}) / cast(2 as double)
        )
        / ({{ all }} * {{ all }})
    ) {{ compared }} as sato_p,
    sum(
        ({{ a }} * ({{ m }} - {{ c }}) + {{ c }} * ({{ n }} - {{ a }})) / (2 * {{ all }})
    ) {{ compared }} as sato_q
{%- endmacro %}

{#- The rates of both groups, by the same weights: their difference is the stratified one. -#}
{% macro stratified_rate(group) -%} {{ rounded(group ~ " / nullif(weight, 0)", 9) }} {%- endmacro %}

{% macro stratified_difference() -%}
    {{ rounded("(weighted_reached - weighted_other_reached) / nullif(weight, 0)", 9) }}
{%- endmacro %}

{#-
    Its bounds: sign '-' for the lower, '+' for the upper. Null where nothing varies: all members of both groups
    reached the outcome, or none.
-#}
{% macro stratified_bound(sign) -%}
    {%- set z = 1.959963984540054 -%}
    {%- set difference = "(weighted_reached - weighted_other_reached) / nullif(weight, 0)" -%}
    {%- set middle = "(" ~ difference ~ " + " ~ z * z / 2 ~ " * sato_p / (weight * weight))" -%}
    {%- set square = middle ~ " * " ~ middle ~ " - " ~ difference ~ " * " ~ difference -%}
    {%- set square = square ~ " + " ~ z * z ~ " * sato_q / (weight * weight)" -%}
    {%- set bound = "greatest(least(" ~ middle ~ sign ~ " sqrt(" ~ square ~ "), 1), -1)" -%}
    case when sato_q > 0 then {{ rounded(bound, 9) }} end
{%- endmacro %}

{#- The difference and its bounds as columns; null where one of the groups has few. -#}
{% macro stratified_columns() -%}
    case when not is_few then {{ stratified_difference() }} end as difference_rate,
    case when not is_few then {{ stratified_bound("-") }} end as difference_rate_low,
    case when not is_few then {{ stratified_bound("+") }} end as difference_rate_high
{%- endmacro %}
