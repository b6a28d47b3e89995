{#-
    A bound of the Wilson score interval of a share (Wilson 1927), of 95 % or with the z of another: sign '-' for the
    lower, '+' for the upper. It stays within 0 and 1 and is honest with small counts, where the plain interval is not.
-#}
{% macro wilson_bound(successes, trials, sign, z=1.96) -%}
    {%- set square = "%.9f" | format(z * z) -%}
    (
        {{ successes }} + {{ square }} / 2
        {{ sign }} {{ z }}
        * sqrt({{ successes }} * (1 - {{ successes }} / cast({{ trials }} as double)) + {{ square }} / 4)
    )
    / ({{ trials }} + {{ square }})
{%- endmacro %}
