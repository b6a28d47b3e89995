with
    members as ({{ salesforce_records("campaign_members") }}),

    campaigns as (select * from {{ ref("stg_salesforce__campaigns") }}),

    -- Who was taken out of a campaign was not touched by it.
    standing as (
        select
            record_id,
            {{ salesforce_id("campaign_id") }} as campaign_record_id,
            -- Both are set after a conversion, and are one person.
            coalesce({{ salesforce_id("contact_id") }}, {{ salesforce_id("lead_id") }}) as person_record_id,
            status,
            first_responded_date,
            {{ salesforce_utc("created_date", "members") }} as created_at
        from members
        where not coalesce(is_deleted, false) and coalesce(is_active_version, true)
    )

select
    standing.record_id as touchpoint_record_id,
    standing.person_record_id,
    -- The response has a date only; without one, becoming a member is what happened.
    case
        when standing.first_responded_date is null
        then standing.created_at
        else {{ instant_of_date("standing.first_responded_date", "standing.created_at") }}
    end as touched_at,
    campaigns.campaign_type_label as source_label,
    cast(null as string) as source_detail,
    campaigns.campaign_name as campaign_label,
    cast(null as string) as content_label,
    'campaign member: ' || coalesce(standing.status, '(no status)') as touch_label
from standing
left join campaigns on standing.campaign_record_id = campaigns.campaign_record_id
