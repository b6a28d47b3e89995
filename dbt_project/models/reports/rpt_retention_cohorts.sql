with
    accounts as (select * from {{ ref("fct_recurring_revenue") }} where cohort_month_date is not null),

    starts as (
        select account_id, closing_amount as start_amount, is_known_month as is_known_start
        from accounts
        where month_date = cohort_month_date
    ),

    cohorts as (
        select
            accounts.cohort_month_date,
            accounts.month_date,
            accounts.closing_date,
            accounts.is_complete,
            accounts.is_known_month and starts.is_known_start as is_known_month,
            count(*) as cohort_accounts,
            count(case when accounts.closing_amount > 0 then 1 end) as paying_accounts,
            cast(sum(starts.start_amount) as decimal(24, 6)) as start_amount,
            cast(sum(accounts.closing_amount) as decimal(24, 6)) as closing_amount,
            cast(sum(least(accounts.closing_amount, starts.start_amount)) as decimal(24, 6)) as kept_amount
        from accounts
        inner join starts on accounts.account_id = starts.account_id
        where accounts.month_date >= accounts.cohort_month_date
        group by
            accounts.cohort_month_date,
            accounts.month_date,
            accounts.closing_date,
            accounts.is_complete,
            accounts.is_known_month and starts.is_known_start
    )

select
    cohort_month_date,
    cast({{ months_between("cohort_month_date", "month_date") }} as integer) as months_since_start,
    month_date,
    closing_date,
    is_complete,
    is_known_month,
    cohort_accounts,
    paying_accounts,
    start_amount,
    closing_amount,
    kept_amount,
    case
        when is_known_month then paying_accounts / cast(cohort_accounts as double)
    end as logo_retention_rate,
    case
        when is_known_month then cast(kept_amount as double) / cast(start_amount as double)
    end as gross_retention_rate,
    case
        when is_known_month then cast(closing_amount as double) / cast(start_amount as double)
    end as net_retention_rate
from cohorts
