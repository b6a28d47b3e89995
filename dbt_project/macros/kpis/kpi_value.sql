{#-
    The value of a KPI from the columns of one row of `figures` in fct_kpis. What takes its time, or is compared with another
    period, has none before both are whole.
-#}
{% macro kpi_value() -%}
    case
        when
            arithmetic in ('mature_share', 'growth') and kpi_period <> 'all' and not (is_mature and has_ended)
        then null
        when arithmetic = 'sum'
        then cast(numerator as double)
        when arithmetic in ('median', 'p90')
        then case arithmetic when 'median' then median else p90 end
        when denominator > 0
        then cast(numerator as double) / cast(denominator as double)
    end
{%- endmacro %}

{#-
    A bound of the 95 % interval, sign '-' for the lower. Of a share Wilson's, of a cohort's with those still open on either
    side; of a quantile by rank; of a mean of enough cases by the standard error; of a cost per lead or customer by the score
    interval of their number, which is drawn (Poisson) where the cost is not. None of a sum or a ratio of sums.
-#}
{% macro kpi_bound(sign) -%}
    {%- set end = "low" if sign == "-" else "high" -%}
    {%- set all_cases = "(denominator + unknown_cases)" -%}
    {%- set count = "cast(denominator as double)" -%}
    case
        when coalesce(denominator, 0) <= 0
        then null
        when
            arithmetic = 'share'
            or arithmetic = 'mature_share'
            and (kpi_period = 'all' or is_mature and has_ended)
        then {{ wilson_bound("cast(numerator as double)", count, sign) }}
        when arithmetic = 'cohort_share'
        then
            {{
                wilson_bound(
                    "cast(numerator " ~ ("+ unknown_cases " if sign == "+" else "") ~ "as double)",
                    "cast(" ~ all_cases ~ " as double)",
                    sign,
                )
            }}
        when arithmetic in ('median', 'p90')
        then cast(case arithmetic when 'median' then median_{{ end }} else p90_{{ end }} end as double)
        when arithmetic = 'mean' and not is_few
        then cast(numerator as double) / {{ count }} {{ sign }} half_width
        when arithmetic = 'cost_per_count'
        then
            cast(numerator as double)
            / ({{ count }} + 1.9208 {{ "+" if sign == "-" else "-" }} 1.96 * sqrt({{ count }} + 0.9604))
    end
{%- endmacro %}
