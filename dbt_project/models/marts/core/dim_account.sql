-- An account that a record names and that is in no file of accounts has a row too: nothing but its id is
-- known.
with
    accounts as (select * from {{ ref("int_account_profiles") }}),

    territories as (select * from {{ ref("int_account_territories") }}),

    links as (select * from {{ ref("int_account_links") }}),

    named as (
        select system, account_record_id
        from {{ ref("int_persons") }}
        union
        select system, account_record_id
        from {{ ref("int_opportunities") }}
        union
        select system, account_record_id
        from {{ ref("int_revenue") }}
        union
        select system, account_record_id
        from {{ ref("int_subscriptions") }}
        union
        select system, account_record_id
        from {{ ref("int_feedback") }}
        union
        select system, account_record_id
        from {{ ref("int_survey_invitations") }}
        union
        select system, account_record_id
        from {{ ref("int_tickets") }}
    ),

    unknown as (
        select {{ global_id("named.system", "named.account_record_id") }} as account_id, named.system
        from named
        left join
            links on {{ global_id("named.system", "named.account_record_id") }} = links.account_record_id
        where named.account_record_id is not null and links.account_id is null
    )

select
    accounts.account_id,
    accounts.system,
    true as is_known,
    accounts.records,
    accounts.account_name,
    accounts.domain,
    accounts.segment_label,
    accounts.employees,
    accounts.country,
    accounts.state,
    accounts.postcode,
    territories.territory
from accounts
left join territories on accounts.account_id = territories.account_id
union all
select
    account_id,
    system,
    false as is_known,
    0 as records,
    cast(null as string) as account_name,
    cast(null as string) as domain,
    cast(null as string) as segment_label,
    cast(null as bigint) as employees,
    cast(null as string) as country,
    cast(null as string) as state,
    cast(null as string) as postcode,
    cast(null as string) as territory
from unknown
