with
    touches as (select * from {{ ref("int_attribution_touches") }} where path_status <> 'censored'),

    numbers as (select * from {{ ref("int_channel_numbers") }} where channel_bit is not null),

    paths as (
        select
            touches.conversion,
            touches.path_scope,
            numbers.channels,
            min(touches.path_status) as path_status,
            bit_or(numbers.channel_bit) as channel_set
        from touches
        inner join
            numbers
            on touches.conversion = numbers.conversion
            and touches.path_scope = numbers.path_scope
            and touches.channel = numbers.channel
        group by touches.path_id, touches.conversion, touches.path_scope, numbers.channels
    )

select
    conversion,
    path_scope,
    channels,
    channel_set,
    count(*) as paths,
    sum(case when path_status = 'converted' then 1 else 0 end) as conversions
from paths
group by conversion, path_scope, channels, channel_set
