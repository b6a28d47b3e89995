-- Of a report: by ids, else by e-mail. A campaign that is known by its name alone is that of this name.
with
    report_rows as (select * from {{ source("salesforce", "campaign_members_report") }}),

    campaigns as (select * from {{ ref("stg_salesforce__campaigns") }}),

    campaign_names as (
        select
            lower({{ trimmed("campaign_name") }}) as campaign_name,
            min(campaign_record_id) as campaign_record_id
        from campaigns
        group by 1
        having count(*) = 1
    ),

    -- A lead that was converted is there twice under one e-mail, and is one person.
    addresses as (
        select {{ normalised_email("email") }} as email, min(person_record_id) as person_record_id
        from {{ ref("stg_salesforce__persons") }}
        where {{ normalised_email("email") }} is not null
        group by 1
    ),

    members as (
        select
            report_rows.*,
            coalesce(
                {{ salesforce_id("report_rows.campaign_id") }}, campaign_names.campaign_record_id
            ) as campaign_record_id,
            coalesce(
                {{ salesforce_id("report_rows.contact_id") }},
                {{ salesforce_id("report_rows.lead_id") }},
                addresses.person_record_id
            ) as person_record_id
        from report_rows
        left join
            campaign_names on lower({{ trimmed("report_rows.campaign_name") }}) = campaign_names.campaign_name
        left join addresses on {{ normalised_email("report_rows.email") }} = addresses.email
    )

-- A member of a later report is the same one; a row without a person is counted once a file.
select
    'report:'
    || coalesce(campaign_record_id, campaign_name)
    || ':'
    || coalesce(
        person_record_id, 'row:' || coalesce(_load_id, '') || ':' || cast(_line as string)
    ) as record_id,
    campaign_record_id,
    campaign_name,
    person_record_id,
    status,
    has_responded,
    first_responded_date,
    {{ salesforce_utc("created_date", "members") }} as created_at
from members
qualify row_number() over (partition by record_id order by _load_number desc, _line desc) = 1
