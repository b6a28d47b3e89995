with
    conversions as (select * from {{ ref("int_attribution_conversions") }}),

    touches as (select * from {{ ref("int_attribution_touches") }} where path_status = 'converted')

-- The touch of a milestone is the nearest one before it, else the first after it. What comes after the
-- conversion, or nobody dated, has none.
select
    touches.path_id,
    min(touches.path_scope) as path_scope,
    min(touches.conversion) as conversion,
    max(touches.touches) as touches,
    max(touches.touched_at) as last_touched_at,
    min(conversions.half_life_days) as half_life_days,
    min(conversions.first_weight) as first_weight,
    min(conversions.middle_weight) as middle_weight,
    min(conversions.last_weight) as last_weight,
    max(case when not touches.is_direct then touches.touch_number end) as not_direct_touch,
    max(
        case
            when conversions.lead_until > conversions.counts_until
            then null
            when touches.touched_at < conversions.lead_until
            then touches.touch_number
            when conversions.lead_until is not null
            then 1
        end
    ) as lead_touch,
    max(
        case
            when conversions.opportunity_until > conversions.counts_until
            then null
            when touches.touched_at < conversions.opportunity_until
            then touches.touch_number
            when conversions.opportunity_until is not null
            then 1
        end
    ) as opportunity_touch,
    max(case when conversions.conversion = 'won' then touches.touch_number end) as close_touch
from touches
inner join
    conversions on substring(touches.path_id, length(touches.path_scope) + 2) = conversions.conversion_id
group by touches.path_id
