-- One campaign has many spellings: as its platform names it, as an address encodes it, as a list of costs
-- writes it. Folded they are one.
with
    rules as (select * from {{ source("reference", "campaign_rules") }} where campaign is not null),

    named as (
        select
            system,
            coalesce(campaign_label, '') as campaign_label,
            {{ click_for_campaign("touchpoints") }} as click_system,
            {{ local_date("touched_at") }} as name_date,
            4 as place
        from {{ ref("int_touchpoints") }} as touchpoints
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
                order by {{ most_specific_first("matched") }}
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
    ),

    -- Names of one system that differ in what is folded are campaigns of their own: there each is written as
    -- it is, and any other spelling may be of either.
    shared as (
        select system, campaign_key
        from keyed
        where place = 2 and campaign_key <> ''
        group by system, campaign_key
        having count(distinct written) > 1
    ),

    spelled as (
        select distinct keyed.campaign_key, keyed.written
        from keyed
        inner join shared on keyed.system = shared.system and keyed.campaign_key = shared.campaign_key
        where keyed.place = 2
    ),

    several as (select distinct campaign_key from shared)

select
    keyed.system,
    keyed.campaign_label,
    keyed.click_system,
    keyed.name_date,
    keyed.place,
    keyed.name,
    keyed.written,
    keyed.is_ruled,
    several.campaign_key is not null and spelled.written is null as is_ambiguous,
    case
        when spelled.written is null then keyed.campaign_key else keyed.campaign_key || ':' || keyed.written
    end as campaign_key
from keyed
left join several on keyed.campaign_key = several.campaign_key
left join spelled on keyed.campaign_key = spelled.campaign_key and keyed.written = spelled.written
