with
    customers as ({{ current_rows("billing", "customers") }}),

    invoices as ({{ current_rows("billing", "invoices") }}),

    subscriptions as ({{ current_rows("billing", "subscriptions") }}),

    churn_events as ({{ current_rows("billing", "churn_events") }}),

    -- A customer that pays or leaves is an account, whether or not the customers were exported as well.
    seen as (
        select customer_id, company, website, email, country
        from customers
        union all
        select customer_id, null as company, null as website, customer_email as email, null as country
        from invoices
        union all
        select customer_id, null as company, null as website, customer_email as email, null as country
        from subscriptions
        union all
        select customer_id, null as company, null as website, null as email, null as country
        from churn_events
    ),

    accounts as (
        select
            customer_id,
            max(company) as company,
            max(country) as country,
            {{ web_domain("max(website)", "max(email)") }} as domain
        from seen
        group by customer_id
    )

select
    customer_id as account_record_id,
    coalesce(company, domain, customer_id) as account_name,
    domain,
    cast(null as string) as segment_label,
    country,
    cast(null as string) as merged_into_record_id,
    cast(null as bigint) as employees
from accounts
