with
    accounts as (select * from {{ ref("int_accounts") }}),

    domains as (select * from {{ ref("int_account_domains") }}),

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
    linked.account_id,
    linked.system,
    linked.records,
    linked.account_name,
    domains.domain,
    linked.segment_label,
    linked.most_employees as employees,
    linked.country,
    linked.state,
    linked.postcode
from linked
left join domains on {{ host_of("linked.domain") }} = domains.host
where linked.is_first_record
