-- Touches and costs are of one campaign by one rule: its name, a rule of the company, its id, or a click
-- id. What several campaigns have is ambiguous, and of none.
with
    labels as (select * from {{ ref("int_campaign_labels") }}),

    campaigns as (select * from {{ ref("int_campaigns") }}),

    known as (
        select distinct campaign_key as known_key
        from labels
        where place < 4 and campaign_key <> '' and not is_ambiguous
    ),

    ids as (
        select
            campaigns.campaign_record_id,
            min(labels.campaign_key) as campaign_key,
            count(distinct labels.campaign_key) as campaigns
        from campaigns
        inner join
            labels
            on campaigns.system = labels.system
            and campaigns.campaign_name = labels.campaign_label
            and {{ day_of_rules("coalesce(campaigns.started_date, campaigns.ended_date)") }}
            = labels.name_date
        where labels.place = 2
        group by campaigns.campaign_record_id
    ),

    -- A click id names the platform: the campaign is known where the platform had one alone in those days,
    -- since its days are of another zone.
    clicked as (
        select
            clicks.click_system,
            clicks.name_date,
            min(spend.campaign_key) as campaign_key,
            count(distinct spend.campaign_key) as campaigns
        from (select distinct click_system, name_date from labels where click_system <> '') as clicks
        inner join
            (select system, name_date, campaign_key from labels where place = 1) as spend
            on clicks.click_system = spend.system
            and {{ days_apart("clicks.name_date", "spend.name_date") }} between -1 and 1
        group by clicks.click_system, clicks.name_date
    ),

    met as (
        select
            labels.system,
            labels.campaign_label,
            labels.click_system,
            labels.name_date,
            labels.place,
            labels.written,
            labels.is_ruled,
            case
                when labels.is_ambiguous
                then null
                when labels.is_ruled or known.known_key is not null
                then labels.campaign_key
                when ids.campaigns = 1
                then ids.campaign_key
                when ids.campaigns is null and clicked.campaigns = 1
                then clicked.campaign_key
                when ids.campaigns is null and clicked.campaigns is null
                then nullif(labels.campaign_key, '')
            end as campaign_key,
            case
                when labels.is_ambiguous
                then 'ambiguous'
                when labels.is_ruled
                then 'rule'
                when known.known_key is not null
                then 'name'
                when ids.campaigns > 1 or clicked.campaigns > 1
                then 'ambiguous'
                when ids.campaigns = 1
                then 'id'
                when clicked.campaigns = 1
                then 'click id'
                when labels.campaign_key <> ''
                then 'name'
            end as campaign_rule
        from labels
        left join known on labels.campaign_key = known.known_key
        left join ids on labels.name = ids.campaign_record_id
        left join
            clicked on labels.click_system = clicked.click_system and labels.name_date = clicked.name_date
    ),

    -- A campaign is called as the company's rule calls it, else as its platform does.
    called as (
        select campaign_key, written as campaign
        from met
        where campaign_rule in ('rule', 'name')
        qualify
            row_number() over (
                partition by campaign_key order by case when is_ruled then 0 else place end, written
            )
            = 1
    )

select distinct
    met.system, met.campaign_label, met.click_system, met.name_date, called.campaign, met.campaign_rule
from met
left join called on met.campaign_key = called.campaign_key
