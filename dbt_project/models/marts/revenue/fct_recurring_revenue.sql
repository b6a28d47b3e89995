with
    subscriptions as (select * from {{ ref("fct_subscriptions") }} where not is_trial),

    build as (select * from {{ ref("dim_build") }}),

    shown as (
        select max({{ local_date("shown_until") }}) as shown_until_date
        from {{ ref("int_work_shown") }}
        where entity = 'subscriptions'
    ),

    -- The account's stream: that of the deal which it had won first.
    first_won as (
        select account_id, revenue_stream
        from {{ ref("fct_opportunities") }}
        where status = 'won' and account_id is not null
        qualify row_number() over (partition by account_id order by closed_at nulls last, opportunity_id) = 1
    ),

    span as (
        select
            cast(date_trunc('month', min(subscriptions.started_date)) as date) as first_month,
            min(build.as_of_date) as as_of_date,
            min(build.behind_after_days) as behind_after_days,
            min(shown.shown_until_date) as shown_until_date
        from subscriptions
        cross join build
        cross join shown
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
            ) as closing_date,
            span.as_of_date,
            span.shown_until_date,
            span.behind_after_days
        from month_numbers
        cross join span
    ),

    accounts as (
        select account_id, cast(date_trunc('month', min(started_date)) as date) as first_month
        from subscriptions
        group by account_id
    ),

    balances as (
        select
            months.month_date,
            subscriptions.account_id,
            count(*) as subscriptions,
            cast(sum(subscriptions.amount_reporting) as decimal(24, 6)) as amount,
            bool_or({{ is_unpriced("monthly_amount", "amount_reporting") }}) as has_unpriced
        from months
        inner join
            subscriptions
            on subscriptions.started_date <= months.closing_date
            and (subscriptions.ended_date is null or subscriptions.ended_date > months.closing_date)
        group by months.month_date, subscriptions.account_id
    ),

    -- Of whichever account: the opening or the close of the month is more than the sum of what has a rate.
    unpriced_months as (
        select distinct {{ add_months("month_date", "steps.months") }} as month_date
        from balances
        cross join (values (0), (1)) as steps(months)
        where has_unpriced
    ),

    -- Every month of an account from its first subscription on, so that one that left stays in its cohort.
    closings as (
        select
            months.month_date,
            months.closing_date,
            months.closing_date < months.as_of_date as is_over,
            -- Who left after the files end is not known: it is not that all of them stayed.
            unpriced_months.month_date is null
            and coalesce(
                {{
                    days_apart(
                        "months.shown_until_date",
                        "least(" ~ dbt.dateadd("day", 1, "months.closing_date") ~ ", months.as_of_date)",
                    )
                }} <= months.behind_after_days, true
            ) as is_known_month,
            accounts.account_id,
            coalesce(balances.subscriptions, 0) as subscriptions,
            cast(coalesce(balances.amount, 0) as decimal(24, 6)) as closing_amount
        from accounts
        inner join months on months.month_date >= accounts.first_month
        left join
            balances on accounts.account_id = balances.account_id and months.month_date = balances.month_date
        left join unpriced_months on months.month_date = unpriced_months.month_date
    ),

    sides as (
        select
            *,
            cast(
                coalesce(
                    lag(closing_amount) over (partition by account_id order by month_date), 0
                ) as decimal(24, 6)
            ) as opening_amount,
            min(case when closing_amount > 0 then month_date end) over (
                partition by account_id
            ) as cohort_month_date
        from closings
    )

select
    sides.account_id,
    sides.month_date,
    coalesce(first_won.revenue_stream, 'unknown') as revenue_stream,
    sides.closing_date,
    sides.is_over and sides.is_known_month as is_complete,
    sides.is_known_month,
    sides.cohort_month_date,
    sides.subscriptions,
    sides.opening_amount,
    sides.closing_amount,
    case
        when opening_amount = 0 and closing_amount > 0 and month_date = cohort_month_date
        then 'new'
        when opening_amount = 0 and closing_amount > 0
        then 'reactivation'
        when opening_amount > 0 and closing_amount = 0
        then 'churn'
        when closing_amount > opening_amount
        then 'expansion'
        when closing_amount < opening_amount
        then 'contraction'
        when closing_amount > 0
        then 'unchanged'
    end as movement
from sides
left join first_won on sides.account_id = first_won.account_id
