with
    spans as (select * from {{ ref("int_attribution_spans") }}),

    persons as (select person_id, account_id from {{ ref("int_person_profiles") }}),

    -- A mail that a mail program opened did not touch the person. A form that only the CRM has is the touch
    -- of the session of the website in which it was sent.
    touchpoints as (
        select *
        from {{ ref("int_person_touchpoints") }}
        where coalesce(touch_label, '') <> 'machine open' and not coalesce(is_in_session, false)
    ),

    as_of as (select as_of from {{ ref("int_as_of") }}),

    -- The rules of today, for the paths that have not converted.
    rules as (
        select rules.conversion, rules.look_back_days, as_of.as_of
        from {{ ref("stg_agreement__attribution") }} as rules
        cross join as_of
        where {{ in_force_at("rules", "as_of.as_of") }}
    ),

    path_persons as (
        select 'account:' || account_id as path_owner, person_id
        from persons
        where account_id is not null
        union all
        select 'person:' || person_id as path_owner, person_id
        from persons
    ),

    compared as (
        select
            *,
            lag(touched_at) over (
                partition by person_id, channel, coalesce(campaign, campaign_label, '')
                order by touched_at, touchpoint_id
            ) as previous_touched_at
        from touchpoints
    ),

    -- A session's first page and its form are one touch.
    single as (
        select touchpoint_id, person_id, touched_at, channel
        from compared
        where previous_touched_at is null or {{ minutes_between("previous_touched_at", "touched_at") }} > 30
    ),

    found as (
        select
            spans.path_id,
            spans.path_scope,
            spans.conversion,
            spans.path_status,
            single.touchpoint_id,
            single.person_id,
            single.touched_at,
            single.channel
        from spans
        inner join path_persons on spans.path_owner = path_persons.path_owner
        inner join
            single
            on path_persons.person_id = single.person_id
            and single.touched_at >= spans.counts_from
            and single.touched_at < spans.counts_until
    ),

    -- Of an open path the look-back ends at its last touch; it has ended when that touch is older than it.
    last_touches as (
        select
            found.path_id,
            case
                when max(found.touched_at) < {{ dbt.dateadd("day", "- rules.look_back_days", "rules.as_of") }}
                then 'ended'
                else 'censored'
            end as path_status,
            {{ dbt.dateadd("day", "- rules.look_back_days", "max(found.touched_at)") }} as looks_back_to
        from found
        inner join rules on found.conversion = rules.conversion
        where found.path_status = 'open'
        group by found.path_id, rules.look_back_days, rules.as_of
    ),

    counted as (
        select
            found.path_id,
            found.path_scope,
            found.conversion,
            coalesce(last_touches.path_status, found.path_status) as path_status,
            found.touchpoint_id,
            found.person_id,
            found.touched_at,
            found.channel
        from found
        left join last_touches on found.path_id = last_touches.path_id
        where last_touches.path_id is null or found.touched_at > last_touches.looks_back_to
    )

-- The order is stored once, with the two channels before, so that no model has to sort the touches again.
select
    path_id,
    path_scope,
    conversion,
    path_status,
    cast(row_number() over path_order as integer) as touch_number,
    cast(
        count(*) over (
            partition by path_id
            order by touched_at, touchpoint_id
            rows between unbounded preceding and unbounded following
        ) as integer
    ) as touches,
    touchpoint_id,
    person_id,
    touched_at,
    channel,
    lag(channel) over path_order as previous_channel,
    lag(channel, 2) over path_order as channel_before,
    lower(channel) = 'direct' as is_direct
from counted
window path_order as (partition by path_id order by touched_at, touchpoint_id)
