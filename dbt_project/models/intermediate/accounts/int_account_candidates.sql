-- Account records of one web domain are one company; so are a record and the one that it was merged into.
with
    accounts as (select * from {{ ref("int_accounts") }}),

    domains as (
        select
            {{ global_id("system", "account_record_id") }} as record_id,
            {{ company_domain("domain") }} as domain
        from accounts
    ),

    firsts as (
        select record_id, domain, min(record_id) over (partition by domain) as other_record_id
        from domains
        where domain is not null
    )

select record_id, other_record_id, 'domain' as rule
from firsts
where record_id != other_record_id
union
select
    {{ global_id("system", "account_record_id") }} as record_id,
    {{ global_id("system", "merged_into_record_id") }} as other_record_id,
    'merge' as rule
from accounts
where merged_into_record_id is not null and merged_into_record_id != account_record_id
