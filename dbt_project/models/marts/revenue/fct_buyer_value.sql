with
    customers as (
        select * from {{ ref("fct_customers") }} where customer_kind = 'one_off' and margin_rate is not null
    ),

    build as (select * from {{ ref("dim_build") }}),

    revenue as (select *, coalesce(account_id, person_id) as customer_id from {{ ref("fct_revenue") }}),

    horizons as (select * from {{ value_horizons() }}),

    -- What a customer brings in the months from the first purchase on, that of its month with it.
    within as (
        select
            customers.customer_id,
            horizons.horizon_months,
            cast(
                sum(revenue.amount_reporting * cast(customers.margin_rate as decimal(9, 6))) as decimal(24, 6)
            ) as margin_amount
        from customers
        inner join horizons on customers.observed_months >= horizons.horizon_months
        inner join
            revenue
            on customers.customer_id = revenue.customer_id
            and {{ add_months("customers.first_month_date", "horizons.horizon_months") }}
            > revenue.revenue_date
        group by customers.customer_id, horizons.horizon_months
    ),

    placed as ({{ value_axes("customers") }}),

    timed as (
        select
            placed.axis,
            placed.axis_value,
            placed.customer_id,
            placed.observed_months,
            placed.purchases,
            cast(
                placed.paid_amount * cast(placed.margin_rate as decimal(9, 6)) as decimal(24, 6)
            ) as margin_amount,
            cast(placed.purchases - 1 as double) as repeats,
            cast({{ days_apart("placed.first_purchase_date", "placed.last_purchase_date") }} as double)
            / 7 as last_weeks,
            cast({{ days_apart("placed.first_purchase_date", "build.as_of_date") }} as double)
            / 7 as observed_weeks
        from placed
        cross join build
    ),

    modelled as (
        select
            timed.axis,
            timed.axis_value,
            horizons.horizon_months,
            count(*) as customers,
            max(timed.observed_months) as measured_months,
            cast(sum(timed.margin_amount) as double) / sum(timed.purchases) as purchase_margin,
            {{
                expected_purchases(
                    "timed.repeats",
                    "timed.last_weeks",
                    "timed.observed_weeks",
                    "cast(horizons.horizon_months as double) * 52.1775 / 12",
                )
            }} as expected_repeats
        from timed
        cross join horizons
        group by timed.axis, timed.axis_value, horizons.horizon_months
    ),

    measured as (
        select
            timed.axis,
            timed.axis_value,
            within.horizon_months,
            count(*) as mature_customers,
            cast(sum(within.margin_amount) as double) / count(*) as mean_margin,
            (
                {{ sum_exactly("power(within.margin_amount, 2)", 6) }}
                - power(cast(sum(within.margin_amount) as double), 2) / count(*)
            )
            / nullif(count(*) - 1, 0)
            / count(*) as mean_variance
        from timed
        inner join within on timed.customer_id = within.customer_id
        group by timed.axis, timed.axis_value, within.horizon_months
    )

select
    modelled.axis,
    modelled.axis_value,
    cast(modelled.horizon_months as integer) as horizon_months,
    modelled.customers as valued_customers,
    coalesce(measured.mature_customers, 0) as mature_customers,
    cast(modelled.measured_months as integer) as measured_months,
    measured.mean_margin,
    case when measured.mean_variance < 0 then 0 else measured.mean_variance end as mean_variance,
    modelled.purchase_margin,
    {{ rounded("modelled.expected_repeats", 6) }} as expected_repeats
from modelled
left join
    measured
    on modelled.axis = measured.axis
    and coalesce(modelled.axis_value, '') = coalesce(measured.axis_value, '')
    and modelled.horizon_months = measured.horizon_months
