with
    campaigns as (select * from {{ ref("int_campaigns") }}),

    names as (select * from {{ ref("int_campaign_names") }}),

    -- A row that gives a name alone leaves open what the campaign sells.
    rules as (
        select *
        from {{ source("reference", "campaign_rules") }}
        where campaign is null or coalesce(revenue_stream, lead_type, persona) is not null
    ),

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
                order by {{ most_specific_first("rules") }}
            )
            = 1
    )

select
    {{ global_id("with_rules.system", "with_rules.campaign_record_id") }} as campaign_id,
    with_rules.system,
    with_rules.campaign_name,
    names.campaign,
    with_rules.campaign_type_label,
    {{ global_id("with_rules.system", "with_rules.parent_campaign_record_id") }} as parent_campaign_id,
    coalesce(with_rules.revenue_stream, 'unknown') as revenue_stream,
    coalesce(with_rules.lead_type, 'unknown') as lead_type,
    coalesce(with_rules.persona, 'unknown') as persona,
    with_rules.started_date,
    with_rules.ended_date,
    with_rules.budget_amount,
    with_rules.cost_amount,
    with_rules.currency_code
from with_rules
left join
    names
    on with_rules.system = names.system
    and coalesce(with_rules.campaign_name, '') = names.campaign_label
    and names.click_system = ''
    and {{ day_of_rules("coalesce(with_rules.started_date, with_rules.ended_date)") }} = names.name_date
