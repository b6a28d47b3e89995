-- Which account every account record is. Account records of one web domain are one company; so are a record
-- and the one that it was merged into. The lowest record id is the account's id, since not every system gives
-- accounts a date.
with
    accounts as (select * from {{ ref("int_accounts") }}),

    domains as (select * from {{ ref("int_account_domains") }}),

    records as (
        select {{ global_id("accounts.system", "accounts.account_record_id") }} as record_id, domains.domain
        from accounts
        left join domains on {{ host_of("accounts.domain") }} = domains.host
    ),

    firsts as (
        select record_id, min(record_id) over (partition by domain) as other_record_id
        from records
        where domain is not null
    ),

    candidates as (
        select record_id, other_record_id
        from firsts
        where record_id != other_record_id
        union
        select
            {{ global_id("system", "account_record_id") }} as record_id,
            {{ global_id("system", "merged_into_record_id") }} as other_record_id
        from accounts
        where merged_into_record_id is not null and merged_into_record_id != account_record_id
    ),

    components as ({{ connected_components("candidates") }}),

    members as (
        select
            coalesce(records.record_id, components.record_id) as record_id,
            coalesce(components.component_id, records.record_id) as component_id,
            records.record_id is not null as is_account_record
        from records
        full outer join components on records.record_id = components.record_id
    )

select
    record_id as account_record_id,
    first_value(record_id) over (
        partition by component_id
        order by case when is_account_record then 0 else 1 end, record_id
        rows between unbounded preceding and unbounded following
    ) as account_id,
    is_account_record
from members
