{#-
    A number as a double rounded to N decimals, halves away from zero, so that a refund cancels its invoice. Engines'
    own `round` and casts decide a half by the binary number or by the printed one; this is arithmetic on both.
-#}
{% macro rounded(number, decimals) -%}
    sign({{ number }})
    * floor(abs(cast({{ number }} as double)) * {{ 10**decimals }} + 0.5)
    / {{ 10**decimals }}
{%- endmacro %}
