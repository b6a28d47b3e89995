with
    channels as (
        select distinct conversion, path_scope, channel
        from {{ ref("int_channel_transitions") }}
        where markov_order = 1
    ),

    numbered as (
        select
            *,
            row_number() over (partition by conversion, path_scope order by channel) - 1 as channel_number,
            count(*) over (partition by conversion, path_scope) as channels
        from channels
    )

select
    conversion,
    path_scope,
    channel,
    cast(channel_number as integer) as channel_number,
    cast(channels as integer) as channels,
    case when channels <= 62 then cast(power(2, channel_number) as bigint) end as channel_bit
from numbered
