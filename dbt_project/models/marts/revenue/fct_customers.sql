with
    subscribed as (select * from {{ ref("fct_recurring_revenue") }} where cohort_month_date is not null),

    revenue as (select * from {{ ref("fct_revenue") }}),

    opportunities as (
        select *, coalesce(account_id, person_id) as customer_id
        from {{ ref("fct_opportunities") }}
        where status = 'won'
    ),

    build as (select * from {{ ref("dim_build") }}),

    -- As agreed today.
    margins as (
        select streams.revenue_stream, streams.margin_rate
        from {{ ref("dim_revenue_stream") }} as streams
        inner join {{ latest_version() }} as latest on streams.agreement_version = latest.agreement_version
    ),

    first_won as (
        select customer_id, revenue_stream
        from opportunities
        where customer_id is not null
        qualify row_number() over (partition by customer_id order by closed_at nulls last, opportunity_id) = 1
    ),

    -- The months from the first that is paid; who stops and comes back has stopped.
    months as (
        select
            *,
            min(case when closing_amount = 0 then month_date end) over (partition by account_id) as left_date
        from subscribed
        where is_complete and month_date >= cohort_month_date
    ),

    subscribers as (
        select
            account_id as customer_id,
            min(revenue_stream) as revenue_stream,
            cohort_month_date as first_month_date,
            cast(count(*) as integer) as observed_months,
            cast({{ months_between("cohort_month_date", "left_date") }} as integer) as left_after_months,
            cast(
                sum(
                    case when left_date is null or month_date < left_date then closing_amount else 0 end
                ) as decimal(24, 6)
            ) as amount
        from months
        group by account_id, cohort_month_date, left_date
    ),

    lines as (
        select
            coalesce(revenue.account_id, revenue.person_id) as customer_id,
            revenue.revenue_date,
            revenue.amount_reporting,
            opportunities.revenue_stream
        from revenue
        left join opportunities on revenue.opportunity_id = opportunities.opportunity_id
    ),

    -- An account that ever paid for a subscription is not one of one-off sales; a day is one purchase.
    buyers as (
        select
            lines.customer_id,
            min(lines.revenue_date) as first_date,
            max(lines.revenue_date) as last_date,
            cast(count(distinct lines.revenue_date) as integer) as purchases
        from lines
        left join
            (select distinct account_id from subscribed) as others on lines.customer_id = others.account_id
        where lines.customer_id is not null and lines.amount_reporting > 0 and others.account_id is null
        group by lines.customer_id
    ),

    bought as (
        select
            buyers.customer_id,
            buyers.first_date,
            buyers.last_date,
            buyers.purchases,
            min(
                case
                    when lines.revenue_date = buyers.first_date and lines.amount_reporting > 0
                    then lines.revenue_stream
                end
            ) as revenue_stream,
            cast(sum(lines.amount_reporting) as decimal(24, 6)) as amount
        from buyers
        inner join lines on buyers.customer_id = lines.customer_id
        group by buyers.customer_id, buyers.first_date, buyers.last_date, buyers.purchases
    ),

    invoiced as (
        select customer_id, cast(sum(amount_reporting) as decimal(24, 6)) as amount
        from lines
        group by customer_id
    ),

    known as (
        select
            subscribers.customer_id,
            'subscription' as customer_kind,
            subscribers.revenue_stream,
            subscribers.first_month_date,
            subscribers.observed_months,
            subscribers.left_after_months,
            cast(null as integer) as purchases,
            cast(null as date) as first_purchase_date,
            cast(null as date) as last_purchase_date,
            subscribers.amount
        from subscribers
        union all
        select
            bought.customer_id,
            'one_off',
            bought.revenue_stream,
            cast(date_trunc('month', bought.first_date) as date),
            cast({{ months_between("bought.first_date", "build.as_of_date") }} as integer),
            null,
            bought.purchases,
            bought.first_date,
            bought.last_date,
            bought.amount
        from bought
        cross join build
    )

select
    known.customer_id,
    known.customer_kind,
    coalesce(known.revenue_stream, first_won.revenue_stream, 'unknown') as revenue_stream,
    margins.margin_rate,
    known.first_month_date,
    known.observed_months,
    known.left_after_months,
    least(coalesce(known.left_after_months, known.observed_months), known.observed_months) as kept_months,
    known.purchases,
    known.first_purchase_date,
    known.last_purchase_date,
    known.amount as paid_amount,
    case when known.customer_kind = 'subscription' then invoiced.amount end as invoiced_amount
from known
left join invoiced on known.customer_id = invoiced.customer_id
left join first_won on known.customer_id = first_won.customer_id
left join
    margins on coalesce(known.revenue_stream, first_won.revenue_stream, 'unknown') = margins.revenue_stream
