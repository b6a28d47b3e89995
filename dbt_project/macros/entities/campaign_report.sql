{#-
    The report that a person downloads from an ad platform, the same declared columns for each platform. A report can
    be broken down by anything, so its rows have no key: the newest file that has a day of a campaign replaces all that
    earlier ones contained of it. A campaign keeps its id when it is renamed. A report without ids, or without accounts, is
    of the only campaign of that name that other reports have with one; else account and name identify it. Reports that
    leave open whether they have one campaign are refused (lib/ingestion/spend.py).
-#}
{% macro campaign_report(system) -%}
    select *
    from
        (
            select
                *,
                coalesce(
                    campaign_id,
                    {{ only_one("campaign_id", "campaign, account") }},
                    case
                        when
                            account is null
                            or max(case when campaign_id is not null then account end) over (
                                partition by campaign
                            )
                            is null
                        then {{ only_one("campaign_id", "campaign") }}
                    end,
                    concat_ws(':', coalesce(account, {{ only_one("account", "campaign") }}), campaign)
                ) as campaign_record_id
            from {{ source(system, "campaign_report") }}
        ) as reports
    qualify _load_number = max(_load_number) over (partition by day, campaign_record_id)
{%- endmacro %}

{#- The value of a column, if the rows of a group have no other one. -#}
{% macro only_one(column, group) -%}
    case
        when
            min({{ column }}) over (partition by {{ group }})
            = max({{ column }}) over (partition by {{ group }})
        then min({{ column }}) over (partition by {{ group }})
    end
{%- endmacro %}

{#- One row per campaign of a platform: as the connector's CTE has it, else as the latest day of the reports names it. -#}
{% macro campaigns_of(connector, report) -%}
    select
        campaign_record_id,
        campaign_name,
        lower(replace(campaign_type_label, '_', ' ')) as campaign_type_label,
        cast(null as string) as parent_campaign_record_id,
        started_date,
        ended_date,
        -- A platform reports no lifetime cost except the sum of its days, and those are in int_ad_spend.
        cast(null as decimal(24, 6)) as budget_amount,
        cast(null as decimal(24, 6)) as cost_amount,
        cast(null as string) as currency_code
    from
        (
            select campaign_record_id, campaign_name, campaign_type_label, started_date, ended_date
            from {{ connector }}
            union all
            select
                campaign_record_id,
                max_by(campaign, day) as campaign_name,
                max_by(campaign_type, day) as campaign_type_label,
                min(day) as started_date,
                cast(null as date) as ended_date
            from {{ report }}
            where
                not exists (
                    select 1
                    from {{ connector }} as connected
                    where {{ report }}.campaign_record_id = connected.campaign_record_id
                )
            group by campaign_record_id
        ) as campaigns
{%- endmacro %}

{#-
    One row per campaign and day of a platform, broken-down rows added up. A campaign's day that the connector has is not taken from a
    report again. Days are the ad account's own and stay so. A report without a currency is in the company's.
-#}
{% macro campaign_days(connector, report) -%}
    select
        campaign_record_id,
        spend_date,
        coalesce(
            currency_code, (select currency_code from {{ ref("stg_agreement__company") }})
        ) as currency_code,
        cast(sum(amount) as decimal(24, 6)) as amount,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(conversions) as conversions
    from
        (
            select campaign_record_id, spend_date, currency_code, amount, impressions, clicks, conversions
            from {{ connector }}
            union all
            select
                campaign_record_id,
                day as spend_date,
                currency as currency_code,
                cost as amount,
                impressions,
                clicks,
                conversions
            from {{ report }}
            where
                not exists (
                    select 1
                    from {{ connector }} as connected
                    where
                        connected.campaign_record_id = {{ report }}.campaign_record_id
                        and connected.spend_date = {{ report }}.day
                )
        ) as days
    group by campaign_record_id, spend_date, currency_code
{%- endmacro %}

{#- The entity ad_spend of a platform: its days, with what its campaigns are called. -#}
{% macro spend_of_days(days, campaigns, source_label) -%}
    select
        days.spend_date || ':' || days.campaign_record_id as ad_spend_record_id,
        days.spend_date,
        '{{ source_label }}' as source_label,
        campaigns.campaign_type_label as source_detail,
        campaigns.campaign_name as campaign_label,
        days.amount,
        days.currency_code,
        days.impressions,
        days.clicks,
        days.conversions
    from {{ days }} as days
    left join {{ campaigns }} as campaigns on days.campaign_record_id = campaigns.campaign_record_id
{%- endmacro %}
