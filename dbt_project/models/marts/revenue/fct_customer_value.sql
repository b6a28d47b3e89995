with
    customers as (select * from {{ ref("fct_customers") }} where observed_months > 0),

    subscribers as (select * from {{ ref("fct_subscriber_value") }}),

    buyers as (select * from {{ ref("fct_buyer_value") }}),

    placed as ({{ value_axes("customers") }}),

    counted as (
        select
            placed.axis,
            placed.axis_value,
            placed.customer_kind,
            horizons.horizon_months,
            count(placed.margin_rate) as customers,
            count(*) - count(placed.margin_rate) as customers_without_margin,
            sum(placed.invoiced_amount) as invoiced_amount
        from placed
        cross join {{ value_horizons() }}
        group by placed.axis, placed.axis_value, placed.customer_kind, horizons.horizon_months
    ),

    valued as (
        select
            axis,
            axis_value,
            'subscription' as customer_kind,
            horizon_months,
            measured_months,
            customers_at_end as counted_customers,
            monthly_margin,
            case when is_measured then monthly_margin * expected_months end as value,
            case
                when is_measured
                then power(monthly_margin, 2) * months_variance + power(expected_months, 2) * margin_variance
            end as value_variance,
            cast(null as double) as modelled_value
        from subscribers
        union all
        select
            axis,
            axis_value,
            'one_off',
            horizon_months,
            measured_months,
            mature_customers,
            null,
            mean_margin,
            mean_variance,
            purchase_margin * (1 + expected_repeats)
        from buyers
    ),

    described as (
        select
            counted.*,
            coalesce(valued.measured_months, 0) as measured_months,
            coalesce(valued.counted_customers, 0) as counted_customers,
            valued.monthly_margin,
            valued.value,
            valued.value_variance,
            valued.modelled_value
        from counted
        left join
            valued
            on counted.axis = valued.axis
            and coalesce(counted.axis_value, '') = coalesce(valued.axis_value, '')
            and counted.customer_kind = valued.customer_kind
            and counted.horizon_months = valued.horizon_months
    ),

    -- Of all customers: the mean of both kinds by their numbers, where both are measured.
    mixed as (
        select *
        from described
        union all
        select
            axis,
            axis_value,
            'all' as customer_kind,
            horizon_months,
            sum(customers),
            sum(customers_without_margin),
            sum(invoiced_amount),
            min(measured_months),
            min(counted_customers),
            case when count(*) = 1 then max(monthly_margin) end,
            case
                when count(case when customers > 0 then value end) = count(case when customers > 0 then 1 end)
                then {{ sum_exactly("value * customers") }} / nullif(sum(customers), 0)
            end,
            case
                when
                    count(case when customers > 0 then value_variance end)
                    = count(case when customers > 0 then 1 end)
                then
                    {{ sum_exactly("value_variance * power(customers, 2)", 6) }}
                    / nullif(power(cast(sum(customers) as double), 2), 0)
            end,
            case when count(*) = 1 then max(modelled_value) end
        from described
        group by axis, axis_value, horizon_months
    )

select
    axis,
    axis_value,
    customer_kind,
    horizon_months,
    cast(customers as bigint) as valued_customers,
    cast(customers_without_margin as bigint) as customers_without_margin,
    cast(measured_months as integer) as measured_months,
    cast(counted_customers as bigint) as counted_customers,
    {{ rounded("monthly_margin", 6) }} as monthly_margin,
    {{ rounded("value", 6) }} as value,
    {{ rounded("value - 1.96 * sqrt(value_variance)", 6) }} as value_low,
    {{ rounded("value + 1.96 * sqrt(value_variance)", 6) }} as value_high,
    {{ is_few("counted_customers") }} as is_few,
    coalesce(
        horizon_months = max(
            case when value is not null and not {{ is_few("counted_customers") }} then horizon_months end
        ) over (partition by axis, axis_value, customer_kind),
        false
    ) as is_longest_measured,
    {{ rounded("modelled_value", 6) }} as modelled_value,
    cast(invoiced_amount as decimal(24, 6)) as invoiced_amount
from mixed
