with
    accounts as (select * from {{ ref("fct_recurring_revenue") }}),

    moved as (
        select
            month_date,
            closing_date,
            is_complete,
            is_known_month,
            cast(sum(subscriptions) as bigint) as subscriptions,
            count(case when opening_amount > 0 then 1 end) as opening_accounts,
            count(case when movement = 'new' then 1 end) as new_accounts,
            count(case when movement = 'reactivation' then 1 end) as reactivated_accounts,
            count(case when movement = 'churn' then 1 end) as churned_accounts,
            count(case when closing_amount > 0 then 1 end) as closing_accounts,
            cast(sum(opening_amount) as decimal(24, 6)) as opening_amount,
            {%- for movement, amount in [
                ("new", "new"),
                ("reactivation", "reactivated"),
                ("expansion", "expansion"),
                ("contraction", "contraction"),
                ("churn", "churned"),
            ] %}
                cast(
                    sum(
                        case
                            when movement = '{{ movement }}' then abs(closing_amount - opening_amount) else 0
                        end
                    ) as decimal(24, 6)
                ) as {{ amount }}_amount,
            {%- endfor %}
            cast(sum(closing_amount) as decimal(24, 6)) as closing_amount
        from accounts
        group by month_date, closing_date, is_complete, is_known_month
    )

select
    *,
    case
        when is_known_month then churned_accounts / cast(nullif(opening_accounts, 0) as double)
    end as logo_churn_rate,
    case
        when is_known_month
        then
            cast(opening_amount - churned_amount - contraction_amount as double)
            / cast(nullif(opening_amount, 0) as double)
    end as gross_retention_rate,
    case
        when is_known_month
        then
            cast(opening_amount - churned_amount - contraction_amount + expansion_amount as double)
            / cast(nullif(opening_amount, 0) as double)
    end as net_retention_rate
from moved
