{#-
    The share that converts within a time, by Kaplan-Meier (1958) with Greenwood's variance: each day of `days` (with
    cohort_id, followed_days, members, reached) with the logarithm of the share that does not convert on it. A member
    that has not converted is followed until the as-of, whatever became of the journey: so the product over the days is
    the cumulative incidence, in which a lost journey is one that does not convert.
-#}
{% macro incidence_steps(days) -%}
    select
        *,
        reached = at_risk as is_last,
        case when reached < at_risk then ln(1 - reached / cast(at_risk as double)) end as log_step,
        case
            when reached < at_risk then reached / (cast(at_risk as double) * (at_risk - reached))
        end as greenwood_step
    from
        (
            select *, sum(members) over (partition by cohort_id order by followed_days desc) as at_risk
            from {{ days }}
        ) as followed
{%- endmacro %}

{#- Half of an interval of the share on the scale log(-log), so that it stays between 0 and 1. -#}
{% macro incidence_half_width(z) -%}
    case when log_remaining < 0 and not is_exhausted then {{ z }} * sqrt(greenwood_sum) / - log_remaining end
{%- endmacro %}

{% macro incidence_rate() -%}
    case
        when is_exhausted then 1 when is_followed then {{ rounded("1 - exp(coalesce(log_remaining, 0))", 9) }}
    end
{%- endmacro %}

{#- A bound of it: sign '-' for the lower. Without a conversion Greenwood gives none: Wilson's, of those who had the time. -#}
{% macro incidence_bound(sign, z) -%}
    case
        when is_followed and converted = 0
        then
            {% if sign == "-" %} 0
            {% else %} {{ rounded(wilson_bound("0", "(entered - censored)", "+", z), 9) }}
            {% endif %}
        when is_followed
        then
            {{
                rounded(
                    "1 - exp(log_remaining * exp("
                    ~ ("- half_width" if sign == "-" else "half_width")
                    ~ "))",
                    9,
                )
            }}
    end
{%- endmacro %}
