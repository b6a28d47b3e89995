with
    stays as (select * from {{ ref("fct_deal_stays") }}),

    halves as (select * from {{ ref("dim_quarter_half") }}),

    ages as (select * from {{ deal_ages() }}),

    bounds as (
        select
            half_number,
            {{ to_microseconds("starts_at") }} as starts,
            {{ to_microseconds("ends_at") }} as ends
        from halves
    ),

    timed as (
        select
            stay_number,
            stage_label,
            movement,
            next_stage_label,
            {{ to_microseconds("entered_at") }} as entered,
            {{ to_microseconds("coalesce(left_at, timestamp '9999-12-31 00:00:00')") }} as ended
        from stays
    ),

    -- A stay is cut where the deal reaches another age, and where a half of a quarter ends.
    aged as (
        select
            timed.stage_label,
            ages.age,
            timed.entered + cast(ages.age as bigint) * 86400000000 as begins,
            least(timed.ended, timed.entered + cast(ages.to_days as bigint) * 86400000000) as ends
        from timed
        inner join ages on timed.ended > timed.entered + cast(ages.age as bigint) * 86400000000
    ),

    spent as (
        select
            bounds.half_number,
            aged.stage_label,
            aged.age,
            sum(least(aged.ends, bounds.ends) - greatest(aged.begins, bounds.starts)) as microseconds
        from aged
        inner join bounds on aged.begins < bounds.ends and aged.ends > bounds.starts
        group by bounds.half_number, aged.stage_label, aged.age
    ),

    ended as (
        select
            bounds.half_number,
            timed.stage_label,
            ages.age,
            timed.movement,
            timed.next_stage_label,
            count(*) as deals
        from timed
        inner join bounds on timed.ended >= bounds.starts and timed.ended < bounds.ends
        inner join
            ages
            on timed.ended - timed.entered >= cast(ages.age as bigint) * 86400000000
            and timed.ended - timed.entered < cast(ages.to_days as bigint) * 86400000000
        where timed.movement is not null
        group by 1, 2, 3, 4, 5
    ),

    opened as (
        select bounds.half_number, timed.stage_label, count(*) as deals
        from timed
        inner join bounds on timed.entered >= bounds.starts and timed.entered < bounds.ends
        where timed.stay_number = 1
        group by bounds.half_number, timed.stage_label
    )

select
    half_number,
    stage_label,
    age,
    'days' as movement,
    null as next_stage_label,
    cast(0 as bigint) as deals,
    {{ days_of("microseconds") }} as days
from spent
union all
select half_number, stage_label, age, movement, next_stage_label, deals, 0
from ended
union all
select half_number, stage_label, 0, 'opened', null, deals, 0
from opened
union all
select half_number, null, 0, 'half', null, 0, {{ days_of("ends - starts") }}
from bounds
