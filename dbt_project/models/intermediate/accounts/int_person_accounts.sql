-- The account that a person works for: the one that a record of the person names, the earliest record
-- first; else the one that has the domain of the person's e-mail.
with
    persons as (select * from {{ ref("int_persons") }}),

    links as (select * from {{ ref("int_person_links") }} where is_person_record),

    account_links as (select * from {{ ref("int_account_links") }}),

    accounts as (select * from {{ ref("int_accounts") }}),

    account_domains as (select * from {{ ref("int_account_domains") }}),

    domains as (
        select account_domains.domain, min(account_links.account_id) as account_id
        from accounts
        inner join
            account_links
            on {{ global_id("accounts.system", "accounts.account_record_id") }}
            = account_links.account_record_id
        inner join account_domains on {{ host_of("accounts.domain") }} = account_domains.host
        group by 1
    ),

    records as (
        select
            links.person_id,
            persons.created_at,
            links.system,
            links.person_record_id,
            {{ global_id("persons.system", "persons.account_record_id") }} as account_record_id,
            account_domains.domain
        from persons
        inner join
            links on persons.system = links.system and persons.person_record_id = links.person_record_id
        left join
            account_domains
            on {{ host_of(domain_of(normalised_email("persons.email"))) }} = account_domains.host
    ),

    found as (
        select
            records.*,
            case when records.account_record_id is not null then 'company_id' else 'email_domain' end as rule,
            coalesce(account_links.account_id, records.account_record_id, domains.account_id) as account_id
        from records
        left join account_links on records.account_record_id = account_links.account_record_id
        left join domains on records.domain = domains.domain
    )

select person_id, account_id, rule
from found
where account_id is not null
qualify row_number() over (partition by person_id order by rule, created_at, system, person_record_id) = 1
