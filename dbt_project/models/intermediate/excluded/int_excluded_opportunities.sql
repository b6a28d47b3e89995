-- Opportunities that nothing counts at the as-of, and why.
with
    opportunities as (select * from {{ ref("int_opportunities") }}),

    links as (select * from {{ ref("int_person_links") }}),

    evaluated as (
        select
            opportunities.system,
            opportunities.opportunity_record_id,
            case
                when opportunities.exclusion_reason is not null
                then opportunities.exclusion_reason
                when opportunities.created_at is null
                then 'no date'
                when not {{ until_as_of("opportunities.created_at") }}
                then 'after the as-of'
                when {{ until_as_of("opportunities.deleted_at") }}
                then 'deleted'
                when links.exclusion_reason is not null
                then 'excluded: ' || links.exclusion_reason
            end as reason
        from opportunities
        left join
            links
            on opportunities.system = links.system
            and opportunities.person_record_id = links.person_record_id
    )

select system, opportunity_record_id, reason
from evaluated
where reason is not null
