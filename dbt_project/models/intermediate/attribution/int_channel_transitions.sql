with
    -- One scan, and nothing is sorted: a touch has the two channels before it.
    counted as (
        select
            conversion,
            path_scope,
            channel_before,
            previous_channel,
            channel,
            count(*) as steps,
            sum(case when touch_number > 1 or touches = 1 then 1 else 0 end) as pair_steps,
            sum(
                case when path_status = 'converted' and touch_number = touches then 1 else 0 end
            ) as conversions
        from {{ ref("int_attribution_touches") }}
        where path_status <> 'censored'
        group by conversion, path_scope, channel_before, previous_channel, channel
    ),

    by_one as (
        select
            conversion,
            path_scope,
            previous_channel,
            channel,
            sum(steps) as steps,
            sum(conversions) as conversions
        from counted
        group by conversion, path_scope, previous_channel, channel
    )

select
    conversion,
    path_scope,
    1 as markov_order,
    cast(null as string) as channel_before,
    previous_channel,
    channel,
    cast(steps as bigint) as steps,
    cast(conversions as bigint) as conversions
from by_one
union all
-- The first pair of a path comes with its second touch.
select
    conversion,
    path_scope,
    2 as markov_order,
    channel_before,
    previous_channel,
    channel,
    cast(pair_steps as bigint) as steps,
    cast(conversions as bigint) as conversions
from counted
where pair_steps > 0
