with
    events as (select * from {{ ref("stg_bpi2012__events") }}),

    cases as (
        select
            case_id,
            max_by(resource, event_no) filter (where activity = 'O_SENT') as resource,
            max(amount_req) as amount_req,
            min(happened_at) filter (where activity = 'O_SENT') as sent_at,
            min(happened_at) filter (where activity = 'A_APPROVED') as approved_at,
            min(happened_at) filter (where activity in ('A_DECLINED', 'A_CANCELLED')) as closed_at,
            max(activity) filter (where activity in ('A_DECLINED', 'A_CANCELLED')) as lost_reason
        from events
        group by case_id
    )

select
    case_id as opportunity_record_id,
    case_id as person_record_id,
    cast(null as string) as account_record_id,
    resource as owner_record_id,
    {{ bpi2012_loan("amount_req") }} as stream_label,
    true as is_new_business,
    coalesce(sent_at, approved_at) as created_at,
    coalesce(approved_at, closed_at) as closed_at,
    coalesce(approved_at, closed_at) as recorded_at,
    approved_at is not null as is_won,
    amount_req as amount,
    'EUR' as currency_code,
    case when approved_at is null then lost_reason end as lost_reason,
    cast(null as timestamp) as deleted_at
from cases
where sent_at is not null or approved_at is not null
