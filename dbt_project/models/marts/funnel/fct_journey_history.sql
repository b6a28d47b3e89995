with
    journeys as (select * from {{ ref("fct_journeys") }}),

    timeline as (select * from {{ ref("fct_timeline") }} where journey_id is not null),

    -- A void activity (bounced, cancelled) counts as nothing.
    counted as (
        select
            journey_id,
            min(case when kind = 'touch' then happened_at end) as first_touch_at,
            count(*) filter (where kind = 'touch') as touches,
            count(*) filter (where kind = 'touch' and is_before_mql) as touches_before_mql,
            count(*) filter (where kind = 'touch' and is_before_customer) as touches_before_customer,
            count(*) filter (
                where kind = 'activity' and activity_class <> 'void' and is_before_mql
            ) as activities_before_mql,
            count(*) filter (
                where kind = 'activity' and activity_class <> 'void' and is_before_customer
            ) as activities_before_customer,
            count(*) filter (where kind = 'document sent' and is_before_customer) as documents_before_customer
        from timeline
        group by journey_id
    )

select
    journeys.journey_id,
    journeys.person_id,
    counted.first_touch_at,
    coalesce(counted.touches, 0) as touches,
    case
        when journeys.mql_at is not null then coalesce(counted.touches_before_mql, 0)
    end as touches_before_mql,
    case
        when counted.touches_before_mql > 0
        then {{ minutes_between("counted.first_touch_at", "journeys.mql_at") }} / 1440
    end as days_touched_before_mql,
    case
        when journeys.mql_at is not null then coalesce(counted.activities_before_mql, 0)
    end as activities_before_mql,
    case
        when journeys.customer_at is not null then coalesce(counted.touches_before_customer, 0)
    end as touches_before_customer,
    case
        when counted.touches_before_customer > 0
        then {{ minutes_between("counted.first_touch_at", "journeys.customer_at") }} / 1440
    end as days_touched_before_customer,
    case
        when journeys.customer_at is not null then coalesce(counted.activities_before_customer, 0)
    end as activities_before_customer,
    case
        when journeys.customer_at is not null then coalesce(counted.documents_before_customer, 0)
    end as documents_before_customer
from journeys
left join counted on journeys.journey_id = counted.journey_id
