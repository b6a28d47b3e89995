with
    opportunities as (select * from {{ ref("fct_opportunities") }} where status = 'won' and is_new_business),

    touchpoints as (select * from {{ ref("fct_touchpoints") }}),

    -- A deal that is dated by day alone may have closed at the end of that day, after its touches.
    dated as (select *, {{ latest_of("closed_at") }} as counts_until from opportunities),

    conversions as (
        select
            *,
            coalesce(
                lag(counts_until) over (partition by person_id order by counts_until, opportunity_id),
                timestamp '0001-01-01 00:00:00'
            ) as counts_after
        from dated
    ),

    -- The path to a conversion: the touches of the person until it, since the conversion before.
    paths as (
        select
            conversions.opportunity_id,
            min(touchpoints.touch_number) as first_touch,
            max(touchpoints.touch_number) as last_touch
        from conversions
        inner join
            touchpoints
            on conversions.person_id = touchpoints.person_id
            and touchpoints.touched_at <= conversions.counts_until
            and touchpoints.touched_at > conversions.counts_after
        group by conversions.opportunity_id
    ),

    models as (
        select
            conversions.opportunity_id,
            conversions.person_id,
            conversions.closed_at,
            conversions.amount_reporting,
            'first_touch' as attribution_model,
            paths.first_touch as touch_number
        from conversions
        left join paths on conversions.opportunity_id = paths.opportunity_id
        union all
        select
            conversions.opportunity_id,
            conversions.person_id,
            conversions.closed_at,
            conversions.amount_reporting,
            'last_touch' as attribution_model,
            paths.last_touch as touch_number
        from conversions
        left join paths on conversions.opportunity_id = paths.opportunity_id
    )

select
    models.opportunity_id || ':' || models.attribution_model as attribution_id,
    models.attribution_model,
    models.opportunity_id,
    touchpoints.touchpoint_id,
    coalesce(touchpoints.channel, 'unattributed') as channel,
    coalesce(touchpoints.source_label, 'unattributed') as source_label,
    models.closed_at,
    cast(1 as double) as credit,
    models.amount_reporting as attributed_amount
from models
left join
    touchpoints on models.person_id = touchpoints.person_id and models.touch_number = touchpoints.touch_number
