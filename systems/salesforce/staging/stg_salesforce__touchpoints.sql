with
    members as ({{ salesforce_records("campaign_members") }}),

    reported as (select * from {{ ref("stg_salesforce__reported_members") }}),

    campaigns as (select * from {{ ref("stg_salesforce__campaigns") }}),

    -- Who was taken out of a campaign, or was only put into it and sent something, was not touched by it.
    current_members as (
        select
            record_id,
            {{ salesforce_id("campaign_id") }} as campaign_record_id,
            cast(null as string) as campaign_name,
            -- Both are set after a conversion, and are one person.
            coalesce({{ salesforce_id("contact_id") }}, {{ salesforce_id("lead_id") }}) as person_record_id,
            status,
            has_responded,
            first_responded_date,
            {{ salesforce_utc("created_date", "members") }} as created_at
        from members
        where not coalesce(is_deleted, false) and coalesce(is_active_version, true)
        union all
        select
            record_id,
            campaign_record_id,
            campaign_name,
            person_record_id,
            status,
            has_responded,
            first_responded_date,
            created_at
        from reported
        where
            not exists (
                select 1
                from members
                where
                    {{ salesforce_id("members.campaign_id") }} = reported.campaign_record_id
                    and coalesce(
                        {{ salesforce_id("members.contact_id") }}, {{ salesforce_id("members.lead_id") }}
                    )
                    = reported.person_record_id
            )
    )

select
    current_members.record_id as touchpoint_record_id,
    current_members.person_record_id,
    -- The response has a date only; without one, becoming a member is what happened.
    case
        when current_members.first_responded_date is null
        then current_members.created_at
        else {{ instant_of_date("current_members.first_responded_date", "current_members.created_at") }}
    end as touched_at,
    campaigns.campaign_type_label as source_label,
    cast(null as string) as source_detail,
    coalesce(campaigns.campaign_name, current_members.campaign_name) as campaign_label,
    cast(null as string) as content_label,
    'campaign member: ' || coalesce(current_members.status, '(no status)') as touch_label
from current_members
left join campaigns on current_members.campaign_record_id = campaigns.campaign_record_id
where
    current_members.first_responded_date is not null
    or coalesce(
        current_members.has_responded,
        {{ system_word("salesforce", "member_status", "current_members.status") }} = 'Responded'
    )
