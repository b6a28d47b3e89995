with
    accounts as (select * from {{ ref("int_account_profiles") }}),

    rules as (
        select
            *,
            cast(null as string) as system,
            concat_ws('|', coalesce(postcode, ''), coalesce(state, ''), coalesce(country, '')) as name_pattern
        from {{ source("reference", "territories") }}
        where coalesce(country, state, postcode) is not null
    ),

    places as (select distinct country, state, postcode from accounts),

    matched as (
        select
            places.country as place_country,
            places.state as place_state,
            places.postcode as place_postcode,
            rules.*
        from places
        inner join
            rules
            on {{ matches_pattern("coalesce(places.country, '')", "coalesce(rules.country, '*')") }}
            and {{ matches_pattern("coalesce(places.state, '')", "coalesce(rules.state, '*')") }}
            and {{ matches_pattern("coalesce(places.postcode, '')", "coalesce(rules.postcode, '*')") }}
    ),

    ruled as (
        select place_country, place_state, place_postcode, territory
        from matched
        qualify
            row_number() over (
                partition by place_country, place_state, place_postcode
                order by
                    case when postcode is null then 1 else 0 end,
                    case when state is null then 1 else 0 end,
                    {{ most_specific_first("matched") }}
            )
            = 1
    )

select accounts.account_id, ruled.territory
from accounts
inner join
    ruled
    on coalesce(accounts.country, '') = coalesce(ruled.place_country, '')
    and coalesce(accounts.state, '') = coalesce(ruled.place_state, '')
    and coalesce(accounts.postcode, '') = coalesce(ruled.place_postcode, '')
