-- The company's rules applied once to every source that occurs, so that persons, touches, spend and costs
-- read it the same way. Where the company has no rule, a source and medium of web analytics gets its default
-- channel group.
with
    occurrences as (
        select system, source_label, source_detail, {{ local_date("created_at") }} as source_date
        from {{ ref("int_persons") }}
        union
        select system, source_label, source_detail, {{ local_date("touched_at") }} as source_date
        from {{ ref("int_touchpoints") }}
        union
        select system, source_label, source_detail, spend_date as source_date
        from {{ ref("int_ad_spend") }}
        union
        select system, source_label, source_detail, {{ day_of_rules("cost_date") }} as source_date
        from {{ ref("int_costs") }}
        union
        -- The cost of a campaign is of one channel, however long it runs.
        select
            system,
            campaign_type_label as source_label,
            cast(null as string) as source_detail,
            {{ day_of_rules("coalesce(started_date, ended_date)") }} as source_date
        from {{ ref("int_campaigns") }}
        where cost_amount is not null
    ),

    sources as (
        select
            system,
            coalesce(source_label, '') as source_label,
            coalesce(source_detail, '') as source_detail,
            source_date
        from occurrences
    ),

    rules as (
        {{ reference_words("channel_rules", ["source_label", "source_detail"], ["channel", "lead_type"]) }}
    ),

    default_channels as (select * from {{ ref("default_channels") }}),

    matched as (
        select sources.*, rules.system is not null as has_rule, rules.channel, rules.lead_type
        from sources
        left join
            rules
            on sources.system = rules.system
            and {{ folded_word("sources.source_label") }}
            = coalesce({{ folded_word("rules.source_label") }}, '')
            and (
                rules.source_detail is null
                or {{ folded_word("sources.source_detail") }} = {{ folded_word("rules.source_detail") }}
            )
            and {{ in_force("rules", "sources.source_date") }}
        qualify
            row_number() over (
                partition by sources.system, sources.source_label, sources.source_detail, sources.source_date
                order by case when rules.source_detail is null then 1 else 0 end, rules.channel
            )
            = 1
    ),

    -- 'source / medium', in lower case.
    unruled as (
        select distinct
            source_label,
            {{ trimmed(dbt.split_part("lower(source_label)", "' / '", 1)) }} as source,
            {{ trimmed(dbt.split_part("lower(source_label)", "' / '", 2)) }} as medium
        from matched
        where not has_rule and source_label like '% / %'
    ),

    defaults as (
        select unruled.source_label, default_channels.channel
        from unruled
        cross join default_channels
        where
            {{ matches_regex("unruled.source", "coalesce(default_channels.source_pattern, '.*')") }}
            and {{ matches_regex("unruled.medium", "coalesce(default_channels.medium_pattern, '.*')") }}
        qualify row_number() over (partition by unruled.source_label order by default_channels.place) = 1
    )

select
    matched.system,
    matched.source_label,
    matched.source_detail,
    matched.source_date,
    case
        when matched.has_rule
        then matched.channel
        when matched.source_label = ''
        then 'Unknown'
        else coalesce(defaults.channel, 'Unmapped')
    end as channel,
    case
        when matched.has_rule then 'company' when defaults.channel is not null then 'default'
    end as channel_rule,
    matched.lead_type
from matched
left join defaults on case when not matched.has_rule then matched.source_label end = defaults.source_label
