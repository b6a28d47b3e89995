{#-
    A bound of the 95 % Wilson score interval of a share (Wilson 1927): sign '-' for the lower, '+' for the upper.
    It stays within 0 and 1 and is honest with small counts, where the plain interval is not.
-#}
{% macro wilson_bound(successes, trials, sign) -%}
    (
        {{ successes }} + 1.9208
        {{ sign }} 1.96
        * sqrt({{ successes }} * (1 - {{ successes }} / cast({{ trials }} as double)) + 0.9604)
    )
    / ({{ trials }} + 3.8416)
{%- endmacro %}
