with
    customers as (
        select *, cast(paid_amount * cast(margin_rate as decimal(9, 6)) as decimal(24, 6)) as margin_amount
        from {{ ref("fct_customers") }}
        where customer_kind = 'subscription' and observed_months > 0 and margin_rate is not null
    ),

    survival as (select * from {{ ref("fct_customer_survival") }}),

    horizons as (select * from {{ value_horizons() }}),

    placed as ({{ value_axes("customers") }}),

    -- The margin of a month that is paid is a ratio of sums.
    paid as (
        select
            axis,
            axis_value,
            count(*) as payers,
            sum(kept_months) as paid_months,
            max(observed_months) as measured_months,
            cast(sum(margin_amount) as double) / sum(kept_months) as monthly_margin
        from placed
        group by axis, axis_value
    ),

    -- Customers differ, not months.
    spread as (
        select
            paid.axis,
            paid.axis_value,
            {{
                sum_exactly(
                    "power(cast(placed.margin_amount as double) - paid.monthly_margin * placed.kept_months, 2)",
                    6,
                )
            }}
            / nullif(paid.payers - 1, 0)
            * paid.payers
            / power(cast(paid.paid_months as double), 2) as margin_variance
        from paid
        inner join
            placed
            on paid.axis = placed.axis
            and coalesce(paid.axis_value, '') = coalesce(placed.axis_value, '')
        group by paid.axis, paid.axis_value, paid.payers, paid.paid_months
    ),

    months as (
        select
            survival.axis,
            survival.axis_value,
            survival.at_risk,
            survival.months_since_start,
            survival.survival_variance,
            horizons.horizon_months,
            sum(survival.survival_rate) over (
                partition by survival.axis, survival.axis_value, horizons.horizon_months
                order by survival.months_since_start desc
                rows between unbounded preceding and current row
            ) as months_from_here,
            min(survival.survival_rate) over (
                partition by survival.axis, survival.axis_value, horizons.horizon_months
            ) as last_survival_rate
        from survival
        inner join horizons on survival.months_since_start < horizons.horizon_months
    ),

    kept as (
        select
            axis,
            axis_value,
            horizon_months,
            max(months_since_start) + 1 as counted_months,
            min(at_risk) as least_at_risk,
            min(last_survival_rate) as last_survival_rate,
            max(months_from_here) as expected_months,
            {{ sum_exactly("power(months_from_here, 2) * survival_variance") }} as months_variance
        from months
        group by axis, axis_value, horizon_months
    )

select
    kept.axis,
    kept.axis_value,
    cast(kept.horizon_months as integer) as horizon_months,
    paid.payers as valued_customers,
    kept.least_at_risk as customers_at_end,
    cast(paid.measured_months as integer) as measured_months,
    -- Where all have left, what follows is nothing and is known.
    kept.counted_months >= kept.horizon_months or kept.last_survival_rate = 0 as is_measured,
    paid.monthly_margin,
    spread.margin_variance,
    kept.expected_months,
    kept.months_variance
from kept
inner join paid on kept.axis = paid.axis and coalesce(kept.axis_value, '') = coalesce(paid.axis_value, '')
inner join
    spread on kept.axis = spread.axis and coalesce(kept.axis_value, '') = coalesce(spread.axis_value, '')
