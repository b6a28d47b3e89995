-- By id, by e-mail, or by a name that one contact of the account alone has (without an account, one contact).
with
    report_rows as (select * from {{ ref("stg_salesforce__reported_deals") }}),

    reported as (
        select
            *,
            lower(
                coalesce(
                    nullif({{ trimmed("contact_name") }}, ''),
                    {{ trimmed("concat_ws(' ', contact_first_name, contact_last_name)") }}
                )
            ) as full_name,
            {{ normalised_email("contact_email") }} as email
        from report_rows
        where not is_repeated
        qualify _load_number = max(_load_number) over (partition by record_id)
    ),

    account_names as (select * from {{ ref("stg_salesforce__account_names") }}),

    persons as (
        select *
        from {{ ref("stg_salesforce__persons") }}
        where
            exclusion_reason is null
            and deleted_at is null
            and (person_record_id like '003%' or person_record_id like 'contact:%')
    ),

    addresses as (
        select {{ normalised_email("email") }} as email, min(person_record_id) as person_record_id
        from persons
        where email is not null
        group by 1
    ),

    names as (
        select
            lower({{ trimmed("full_name") }}) as full_name,
            account_record_id,
            case when count(*) = 1 then min(person_record_id) end as person_record_id
        from persons
        where full_name is not null
        group by 1, 2
    ),

    only_names as (
        select full_name, min(person_record_id) as person_record_id
        from names
        group by full_name
        having count(*) = 1
    )

select distinct
    reported.record_id as opportunity_record_id,
    coalesce(
        {{ salesforce_id("reported.contact_id") }},
        addresses.person_record_id,
        case
            when reported.email is not null
            then null
            when coalesce(reported.account_id, account_names.account_record_id) is null
            then only_names.person_record_id
            else of_account.person_record_id
        end
    ) as person_record_id,
    coalesce(reported.is_primary, false) as is_primary
from reported
left join account_names on lower({{ trimmed("reported.account_name") }}) = account_names.account_name
left join addresses on reported.email = addresses.email
left join
    names as of_account
    on reported.full_name = of_account.full_name
    and coalesce({{ salesforce_id("reported.account_id") }}, account_names.account_record_id)
    = of_account.account_record_id
left join only_names on reported.full_name = only_names.full_name
where reported.contact_id is not null or reported.email is not null or reported.full_name <> ''
