-- A record may be in no file because none of its kind was exported: then nothing is missing.
with
    persons as (select * from {{ ref("int_persons") }}),

    opportunities as (select * from {{ ref("int_opportunities") }}),

    activities as (select * from {{ ref("int_activities") }}),

    accounts as (select * from {{ ref("int_accounts") }}),

    known_persons as (
        select system, person_record_id
        from persons
        union
        select system, person_record_id
        from {{ ref("int_person_links") }}
    ),

    -- An opportunity without its person is lost to the funnel, whether a file of persons was exported or not.
    exported as (
        select distinct system, 'person' as linked_type
        from persons
        union all
        select distinct system, 'opportunity' as linked_type
        from opportunities
        union all
        select distinct system, 'account' as linked_type
        from accounts
    ),

    records as (
        select
            opportunities.system,
            'opportunity' as record_type,
            'person' as linked_type,
            opportunities.opportunity_record_id as record_id,
            opportunities.person_record_id as linked_id,
            known_persons.system is null as is_missing
        from opportunities
        left join
            known_persons
            on opportunities.system = known_persons.system
            and opportunities.person_record_id = known_persons.person_record_id
        union all
        select
            activities.system,
            'activity' as record_type,
            'person' as linked_type,
            cast(null as string) as record_id,
            activities.person_record_id as linked_id,
            known_persons.system is null as is_missing
        from activities
        left join
            known_persons
            on activities.system = known_persons.system
            and activities.person_record_id = known_persons.person_record_id
        union all
        select
            activities.system,
            'activity' as record_type,
            'opportunity' as linked_type,
            cast(null as string) as record_id,
            activities.opportunity_record_id as linked_id,
            opportunities.system is null as is_missing
        from activities
        left join
            opportunities
            on activities.system = opportunities.system
            and activities.opportunity_record_id = opportunities.opportunity_record_id
        union all
        select
            named.system,
            named.record_type,
            'account' as linked_type,
            cast(null as string) as record_id,
            named.account_record_id as linked_id,
            accounts.system is null as is_missing
        from
            (
                select system, 'person' as record_type, account_record_id
                from persons
                union all
                select system, 'opportunity' as record_type, account_record_id
                from opportunities
            ) as named
        left join
            accounts
            on named.system = accounts.system
            and named.account_record_id = accounts.account_record_id
    ),

    -- What is known by an e-mail only is in no file of persons.
    counted as (
        select
            records.system,
            records.record_type,
            records.linked_type,
            records.record_id,
            records.is_missing,
            count(*) as row_count
        from records
        left join exported on records.system = exported.system and records.linked_type = exported.linked_type
        where
            records.linked_id is not null
            and records.linked_id not like 'email:%'
            and (exported.system is not null or records.record_id is not null)
        group by
            records.system, records.record_type, records.linked_type, records.record_id, records.is_missing
    )

select
    'known_links' as guard,
    cast(null as string) as clause,
    case when record_id is null then 'link' else record_type end as record_type,
    coalesce(
        {{ global_id("system", "record_id") }}, system || ': ' || record_type || ' > ' || linked_type
    ) as record_id,
    cast(null as string) as person_id,
    cast(null as string) as owner_id,
    cast(null as string) as agreement_version,
    cast(null as timestamp) as happened_at,
    row_count,
    case
        when is_missing and record_id is not null
        then 'it names a ' || linked_type || ' that is in no file of ' || system
        when is_missing
        then
            row_count
            || ' of this kind name a record that is in no file of '
            || system
            || ': '
            || record_type
            || ' > '
            || linked_type
    end as reason
from counted
