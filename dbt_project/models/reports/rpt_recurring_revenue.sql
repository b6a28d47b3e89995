with
    subscriptions as (select * from {{ ref("fct_subscriptions") }} where not is_trial),

    build as (select * from {{ ref("dim_build") }}),

    span as (
        select
            cast(date_trunc('month', min(subscriptions.started_date)) as date) as first_month,
            min(build.as_of_date) as as_of_date
        from subscriptions
        cross join build
    ),

    month_numbers as (
        select value
        from
            {{
                integer_series(
                    "0", "(select " ~ months_between("first_month", "as_of_date") ~ " from span)"
                )
            }}
    ),

    months as (
        select
            {{ add_months("span.first_month", "month_numbers.value") }} as month_date,
            least(
                {{ dbt.last_day(add_months("span.first_month", "month_numbers.value"), "month") }},
                span.as_of_date
            ) as closing_date
        from month_numbers
        cross join span
    ),

    balances as (
        select
            months.month_date,
            subscriptions.account_id,
            count(*) as subscriptions,
            sum(subscriptions.amount_reporting) as amount
        from months
        inner join
            subscriptions
            on subscriptions.started_date <= months.closing_date
            and (subscriptions.ended_date is null or subscriptions.ended_date > months.closing_date)
        group by months.month_date, subscriptions.account_id
    ),

    -- Each balance closes its month and opens the next one.
    sides as (
        select month_date, account_id, subscriptions, 0 as opening_amount, amount as closing_amount
        from balances
        union all
        select
            {{ add_months("month_date", "1") }} as month_date,
            account_id,
            0 as subscriptions,
            amount as opening_amount,
            0 as closing_amount
        from balances
    ),

    accounts as (
        select
            month_date,
            account_id,
            sum(subscriptions) as subscriptions,
            sum(opening_amount) as opening_amount,
            sum(closing_amount) as closing_amount
        from sides
        group by month_date, account_id
    ),

    movements as (
        select
            month_date,
            sum(subscriptions) as subscriptions,
            count(*) filter (where opening_amount > 0) as opening_accounts,
            count(*) filter (where opening_amount = 0 and closing_amount > 0) as new_accounts,
            count(*) filter (where opening_amount > 0 and closing_amount = 0) as churned_accounts,
            count(*) filter (where closing_amount > 0) as closing_accounts,
            sum(opening_amount) as opening_amount,
            sum(case when opening_amount = 0 then closing_amount else 0 end) as new_amount,
            sum(
                case
                    when opening_amount > 0 and closing_amount > opening_amount
                    then closing_amount - opening_amount
                    else 0
                end
            ) as expansion_amount,
            sum(
                case
                    when closing_amount > 0 and closing_amount < opening_amount
                    then opening_amount - closing_amount
                    else 0
                end
            ) as contraction_amount,
            sum(case when closing_amount = 0 then opening_amount else 0 end) as churned_amount,
            sum(closing_amount) as closing_amount
        from accounts
        group by month_date
    )

select
    months.month_date,
    months.closing_date,
    cast(coalesce(movements.subscriptions, 0) as bigint) as subscriptions,
    coalesce(movements.opening_accounts, 0) as opening_accounts,
    coalesce(movements.new_accounts, 0) as new_accounts,
    coalesce(movements.churned_accounts, 0) as churned_accounts,
    coalesce(movements.closing_accounts, 0) as closing_accounts,
    {%- for amount in ["opening", "new", "expansion", "contraction", "churned", "closing"] %}
        cast(coalesce(movements.{{ amount }}_amount, 0) as decimal(24, 6)) as {{ amount }}_amount,
    {%- endfor %}
    movements.churned_accounts / cast(nullif(movements.opening_accounts, 0) as double) as logo_churn_rate,
    (movements.opening_amount - movements.churned_amount - movements.contraction_amount)
    / cast(nullif(movements.opening_amount, 0) as double) as gross_retention_rate,
    (
        movements.opening_amount
        - movements.churned_amount
        - movements.contraction_amount
        + movements.expansion_amount
    )
    / cast(nullif(movements.opening_amount, 0) as double) as net_retention_rate
from months
left join movements on months.month_date = movements.month_date
