{%- set order = "partition by axis, axis_value order by months_since_start" %}
with
    customers as (
        select *
        from {{ ref("fct_customers") }}
        where customer_kind = 'subscription' and observed_months > 0 and margin_rate is not null
    ),

    placed as ({{ value_axes("customers") }}),

    ages as (select value as months_since_start from {{ integer_series("0", "35") }}),

    counted as (
        select
            placed.axis,
            placed.axis_value,
            ages.months_since_start,
            count(case when placed.kept_months >= ages.months_since_start then 1 end) as at_risk,
            count(case when placed.left_after_months = ages.months_since_start then 1 end) as left_customers
        from placed
        inner join ages on placed.observed_months > ages.months_since_start
        group by placed.axis, placed.axis_value, ages.months_since_start
    ),

    shares as (
        select *, case when at_risk > 0 then 1 - left_customers / cast(at_risk as double) end as kept_share
        from counted
    )

select
    axis,
    axis_value,
    cast(months_since_start as integer) as months_since_start,
    at_risk,
    left_customers,
    case
        when min(kept_share) over ({{ order }}) = 0
        then 0
        else {{ rounded("exp(sum(ln(nullif(kept_share, 0))) over (" ~ order ~ "))", 9) }}
    end as survival_rate,
    -- Greenwood: of who is left at risk after the month.
    case
        when at_risk > left_customers
        then left_customers / (cast(at_risk as double) * (at_risk - left_customers))
        else 0
    end as survival_variance
from shares
where at_risk > 0
