-- A sheet of several platforms beside the report of one of them has the same spend again: the platform's own
-- counts. A system of one platform has its name, as google_ads has `Google Ads`.
with
    spend as ({{ union_systems("ad_spend") }}),

    worded as (
        select
            *,
            {{ folded_word("campaign_label") }} as campaign,
            {{ folded_word("source_label") }} as platform,
            coalesce({{ folded_word("source_label") }} = {{ folded_word("system") }}, false) as is_own
        from spend
    ),

    own as (
        select spend_date, campaign, platform, sum(amount) as amount
        from worded
        where is_own
        group by spend_date, campaign, platform
    ),

    others as (select * from worded where not is_own),

    -- The sheet may call it `Google`, or something else and have the same amount.
    repeated as (
        select others.system, others.ad_spend_record_id
        from others
        inner join own on others.spend_date = own.spend_date and others.campaign = own.campaign
        where left(own.platform, length(others.platform)) = others.platform or others.amount = own.amount
        union
        select others.system, others.ad_spend_record_id
        from others
        inner join own on others.spend_date = own.spend_date and others.platform = own.platform
        where others.campaign is null
    )

select
    {%- for name in model.columns if name != "exclusion_reason" %} spend.{{ name }}, {%- endfor %}
    case
        when repeated.ad_spend_record_id is not null then 'its ad platform states the cost of the campaign'
    end as exclusion_reason
from spend
left join
    repeated on spend.system = repeated.system and spend.ad_spend_record_id = repeated.ad_spend_record_id
