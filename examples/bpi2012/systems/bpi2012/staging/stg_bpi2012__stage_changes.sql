with
    events as (select * from {{ ref("stg_bpi2012__events") }}),

    -- An application can get several offers; the first one makes it an opportunity.
    stage_events as (
        select *
        from events
        where
            activity in (
                'A_SUBMITTED',
                'A_PREACCEPTED',
                'A_ACCEPTED',
                'O_SENT',
                'A_APPROVED',
                'A_DECLINED',
                'A_CANCELLED'
            )
        qualify
            activity != 'O_SENT' or row_number() over (partition by case_id, activity order by event_no) = 1
    )

select
    event_id as stage_change_record_id,
    case_id as person_record_id,
    case when activity in ('O_SENT', 'A_APPROVED') then case_id end as opportunity_record_id,
    resource as owner_record_id,
    activity as stage_label,
    happened_at as changed_at,
    cast(null as string) as reason_label
from stage_events
