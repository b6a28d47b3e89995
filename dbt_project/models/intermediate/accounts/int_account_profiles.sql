with
    accounts as (select * from {{ ref("int_accounts") }}),

    links as (select * from {{ ref("int_account_links") }} where is_account_record),

    linked as (
        select
            links.account_id,
            links.account_record_id = links.account_id as is_first_record,
            accounts.*,
            count(*) over (partition by links.account_id) as records,
            max(accounts.employees) over (partition by links.account_id) as most_employees
        from accounts
        inner join
            links
            on {{ global_id("accounts.system", "accounts.account_record_id") }} = links.account_record_id
    )

select
    account_id,
    system,
    records,
    account_name,
    {{ company_domain("domain") }} as domain,
    segment_label,
    most_employees as employees,
    country
from linked
where is_first_record
