-- One campaign has many spellings: as its platform names it, as an address encodes it, as a list of costs
-- writes it. Folded they are one.
with
    rules as (select * from {{ source("reference", "campaign_rules") }} where campaign is not null),

    named as (
        select
            system,
            coalesce(campaign_label, '') as campaign_label,
            case when campaign_label is null then coalesce(click_system, '') else '' end as click_system,
            {{ local_date("touched_at") }} as name_date,
            4 as place
        from {{ ref("int_touchpoints") }}
        union
        select system, coalesce(campaign_label, ''), '', spend_date, 1
        from {{ ref("int_ad_spend") }}
        union
        select
            system,
            coalesce(campaign_name, ''),
            '',
            {{ day_of_rules("coalesce(started_date, ended_date)") }},
            2
        from {{ ref("int_campaigns") }}
        union
        select 'reference', coalesce(campaign, ''), '', {{ day_of_rules("month") }}, 3
        from {{ source("reference", "costs") }}
        union
        select system, coalesce(campaign_label, ''), '', {{ day_of_rules("cost_date") }}, 3
        from {{ ref("int_costs") }}
    ),

    -- An address that was passed on is encoded twice.
    decoded as (
        select campaign_label, {{ trimmed(url_decoded(url_decoded("campaign_label"))) }} as name
        from (select distinct campaign_label from named) as labels
    ),

    names as (
        select distinct named.system, named.campaign_label, {{ spaced_words("decoded.name") }} as words
        from named
        inner join decoded on named.campaign_label = decoded.campaign_label
    ),

    matched as (
        select names.campaign_label, names.system as name_system, rules.*
        from names
        inner join
            rules
            on coalesce(rules.system, names.system) = names.system
            and {{ matches_pattern("names.words", spaced_words("rules.name_pattern")) }}
    ),

    -- The longest pattern is the most specific; a rule of the system takes precedence over one of any.
    ruled as (
        select named.system, named.campaign_label, named.name_date, matched.campaign
        from (select distinct system, campaign_label, name_date from named) as named
        inner join
            matched
            on named.system = matched.name_system
            and named.campaign_label = matched.campaign_label
            and {{ in_force("matched", "named.name_date") }}
        qualify
            row_number() over (
                partition by named.system, named.campaign_label, named.name_date
                order by
                    case when matched.system is null then 1 else 0 end,
                    length(matched.name_pattern) desc,
                    matched.name_pattern
            )
            = 1
    ),

    -- What web analytics write where no campaign is known is none.
    keyed as (
        select
            named.*,
            decoded.name,
            ruled.campaign is not null as is_ruled,
            coalesce(ruled.campaign, decoded.name) as written,
            case
                when
                    lower(decoded.name) not in (
                        '(not set)',
                        '(none)',
                        '(direct)',
                        '(organic)',
                        '(referral)',
                        '(cross-network)',
                        '(data deleted)'
                    )
                    or ruled.campaign is not null
                then {{ folded_word("coalesce(ruled.campaign, decoded.name)") }}
                else ''
            end as campaign_key
        from named
        inner join decoded on named.campaign_label = decoded.campaign_label
        left join
            ruled
            on named.system = ruled.system
            and named.campaign_label = ruled.campaign_label
            and named.name_date = ruled.name_date
    )

select system, campaign_label, click_system, name_date, place, name, written, is_ruled, campaign_key
from keyed
