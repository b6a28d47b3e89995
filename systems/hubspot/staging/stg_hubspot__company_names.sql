with
    accounts as (select * from {{ ref("stg_hubspot__accounts") }} where merged_into_record_id is null),

    names as (
        select account_record_id, lower({{ trimmed("account_name") }}) as company_name
        from accounts
        union
        select account_record_id, {{ bare_domain("domain") }} as company_name
        from accounts
    )

select company_name, min(account_record_id) as account_record_id
from names
where company_name <> ''
group by company_name
having count(distinct account_record_id) = 1
