-- One campaign, one cost: the spend that its ad platform reports counts, else what the company wrote into
-- costs.csv, else what a system states by month, else the one figure of its CRM. An agency's bill, a tool, a
-- salary and the stand of a fair that was advertised are other costs, and are added.
with
    as_of as (select {{ local_date("as_of") }} as as_of_date from {{ ref("int_as_of") }}),

    names as (select * from {{ ref("int_campaign_names") }} where click_system = ''),

    spend as (
        select names.campaign, date_trunc('month', spend.spend_date) as month_date
        from {{ ref("int_ad_spend") }} as spend
        inner join
            names
            on spend.system = names.system
            and spend.campaign_label = names.campaign_label
            and spend.spend_date = names.name_date
        where spend.spend_date <= (select as_of_date from as_of)
    ),

    stated as (
        select
            1 as precedence,
            'reference' as system,
            _file || ':' || _line as cost_record_id,
            month as cost_date,
            month as source_date,
            kind as kind_label,
            channel,
            cast(null as string) as source_label,
            cast(null as string) as source_detail,
            campaign as campaign_label,
            amount,
            upper(currency) as currency_code,
            amount as whole_amount
        from {{ source("reference", "costs") }}
        union all
        select
            2,
            system,
            cost_record_id,
            cost_date,
            cost_date,
            kind_label,
            null,
            source_label,
            source_detail,
            campaign_label,
            amount,
            currency_code,
            amount
        from {{ ref("int_costs") }}
        union all
        select
            3,
            system,
            campaign_record_id || ':' || month_number,
            cost_date,
            first_date,
            'campaign',
            null,
            campaign_type_label,
            null,
            campaign_name,
            amount,
            currency_code,
            cost_amount
        from {{ ref("int_campaign_costs") }}
    ),

    worded as (
        select
            stated.*,
            names.campaign,
            date_trunc('month', stated.cost_date) as month_date,
            coalesce(kinds.kind, 'unknown') as kind,
            coalesce(stated.cost_date > as_of.as_of_date, false) as is_planned,
            coalesce(kinds.kind in ('ad_spend', 'event', 'campaign'), false) as is_of_campaign
        from stated
        cross join as_of
        left join
            names
            on stated.system = names.system
            and coalesce(stated.campaign_label, '') = names.campaign_label
            and {{ day_of_rules("stated.source_date") }} = names.name_date
        left join
            {{ ref("known_cost_kinds") }} as kinds
            on {{ folded_word("stated.kind_label") }} = {{ folded_word("kinds.kind") }}
    ),

    -- Of the figures of one campaign: what comes before this one, in its month or in any.
    compared as (
        select
            *,
            min(case when not is_planned then precedence end) over (
                partition by campaign, kind, month_date
            ) as first_of_month,
            min(case when is_of_campaign and not is_planned then precedence end) over (
                partition by campaign
            ) as first_of_all,
            first_value(system) over (
                partition by campaign, precedence order by whole_amount desc, system
            ) as highest_system
        from worded
    )

select
    system,
    cost_record_id,
    cost_date,
    source_date,
    kind,
    kind_label,
    channel,
    source_label,
    source_detail,
    campaign_label,
    campaign,
    amount,
    currency_code,
    case
        when is_planned
        then 'after the as-of'
        when campaign is null or not is_of_campaign
        then null
        when
            kind in ('ad_spend', 'campaign')
            and exists (
                select 1
                from spend
                where
                    spend.campaign = compared.campaign
                    and (compared.precedence = 3 or spend.month_date = compared.month_date)
            )
        then 'its ad platform states the cost of the campaign'
        when precedence = 3 and first_of_all < 3
        then 'costs by month state the cost of the campaign'
        when precedence = 2 and first_of_month = 1
        then 'costs.csv states the cost of the campaign'
        when precedence = 3 and system <> highest_system
        then 'another system states a higher cost of the campaign'
    end as exclusion_reason
from compared
