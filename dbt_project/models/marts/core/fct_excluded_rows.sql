-- Nothing is dropped silently: the rows of the entities that the marts do not use, with the reason.
with
    links as (select * from {{ ref("int_person_links") }}),

    excluded_opportunities as (select * from {{ ref("int_excluded_opportunities") }}),

    persons as (
        select
            'persons' as entity,
            persons.system,
            case
                when persons.exclusion_reason is not null
                then persons.exclusion_reason
                when persons.created_at is null
                then 'no date'
                when not {{ until_as_of("persons.created_at") }}
                then 'after the as-of'
                when links.exclusion_reason is not null
                then 'excluded: ' || links.exclusion_reason
            end as reason,
            cast(null as string) as label
        from {{ ref("int_persons") }} as persons
        left join links on persons.system = links.system and persons.person_record_id = links.person_record_id
    ),

    money as (
        select 'opportunities' as entity, system, reason, cast(null as string) as label
        from excluded_opportunities
        union all
        select
            'ad_spend' as entity,
            system,
            case
                when spend_date is null
                then 'no date'
                when not {{ until_as_of(start_of_date("spend_date")) }}
                then 'after the as-of'
                else exclusion_reason
            end as reason,
            cast(null as string) as label
        from {{ ref("int_ad_spend") }}
        where
            spend_date is null
            or exclusion_reason is not null
            or not {{ until_as_of(start_of_date("spend_date")) }}
        union all
        -- A cost is listed with its amount: what another figure of the campaign leaves out must be seen.
        select
            'costs' as entity,
            system,
            exclusion_reason as reason,
            coalesce(campaign_label, kind_label)
            || ': '
            || {{ amount_text("amount") }}
            || coalesce(' ' || currency_code, '') as label
        from {{ ref("int_stated_costs") }}
    ),

    excluded as (
        select *
        from persons
        union all
        select *
        from {{ ref("int_excluded_person_facts") }}
        union all
        select *
        from {{ ref("int_excluded_stage_changes") }}
        union all
        select *
        from money
        union all
        select *
        from {{ ref("int_excluded_after_sale") }}
    )

select entity, system, reason, coalesce(label, '(none)') as label, count(*) as row_count
from excluded
where reason is not null
group by entity, system, reason, coalesce(label, '(none)')
