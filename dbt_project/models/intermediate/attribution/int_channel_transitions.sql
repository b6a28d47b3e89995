with
    touches as (select * from {{ ref("int_attribution_touches") }} where path_status <> 'censored'),

    seconds as (
        select *, lag(previous_channel) over (partition by path_id order by touch_number) as channel_before
        from touches
    ),

    -- By one channel nothing has to be sorted. By two the first step of a path comes to its first two
    -- touches.
    steps as (
        select
            conversion,
            path_scope,
            1 as markov_order,
            cast(null as string) as channel_before,
            previous_channel,
            channel,
            path_status = 'converted' and touch_number = touches as is_conversion
        from touches
        union all
        select
            conversion,
            path_scope,
            2 as markov_order,
            channel_before,
            previous_channel,
            channel,
            path_status = 'converted' and touch_number = touches as is_conversion
        from seconds
        where touch_number > 1 or touches = 1
    )

select
    conversion,
    path_scope,
    cast(markov_order as integer) as markov_order,
    channel_before,
    previous_channel,
    channel,
    count(*) as steps,
    sum(case when is_conversion then 1 else 0 end) as conversions
from steps
group by conversion, path_scope, markov_order, channel_before, previous_channel, channel
