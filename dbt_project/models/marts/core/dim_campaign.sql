with
    campaigns as (select * from {{ ref("int_campaigns") }}),

    rules as (select * from {{ source("reference", "campaign_rules") }}),

    -- A name is read by the rules of the day on which the campaign began; where that day is not
    -- known, by today's.
    dated as (
        select
            *,
            coalesce(
                started_date, (select {{ local_date("as_of") }} from {{ ref("int_as_of") }})
            ) as rule_date
        from campaigns
    ),

    -- The longest pattern is the most specific; a rule of the system takes precedence over one of any.
    with_rules as (
        select dated.*, rules.revenue_stream, rules.lead_type, rules.persona
        from dated
        left join
            rules
            on coalesce(rules.system, dated.system) = dated.system
            and {{ matches_pattern(spaced_words("dated.campaign_name"), spaced_words("rules.name_pattern")) }}
            and {{ in_force("rules", "dated.rule_date") }}
        qualify
            row_number() over (
                partition by dated.system, dated.campaign_record_id
                order by
                    case when rules.system is null then 1 else 0 end,
                    length(rules.name_pattern) desc,
                    rules.name_pattern
            )
            = 1
    )

select
    {{ global_id("system", "campaign_record_id") }} as campaign_id,
    system,
    campaign_name,
    campaign_type_label,
    {{ global_id("system", "parent_campaign_record_id") }} as parent_campaign_id,
    coalesce(revenue_stream, 'unknown') as revenue_stream,
    coalesce(lead_type, 'unknown') as lead_type,
    coalesce(persona, 'unknown') as persona,
    started_date,
    ended_date,
    budget_amount,
    cost_amount,
    currency_code
from with_rules
