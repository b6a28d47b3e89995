with
    events as (select * from {{ ref("stg_bpi2012__events") }}),

    owners as (
        select case_id, max_by(resource, event_no) as resource
        from events
        where lifecycle = 'START' and resource is not null
        group by case_id
    ),

    cases as (
        select case_id, min(registered_at) as registered_at, max(amount_req) as amount_req
        from events
        group by case_id
    )

select
    cases.case_id as person_record_id,
    cast(null as string) as email,
    cast(null as string) as full_name,
    cast(null as string) as account_record_id,
    owners.resource as owner_record_id,
    cases.registered_at as created_at,
    cast(null as string) as source_label,
    cast(null as string) as source_detail,
    cast(null as string) as campaign_label,
    {{ bpi2012_loan("cases.amount_req") }} as stream_label,
    'NL' as country,
    cast(null as timestamp) as deleted_at,
    cast(null as string) as job_title
from cases
left join owners on cases.case_id = owners.case_id
