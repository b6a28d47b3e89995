-- Whom campaigns and content are meant for against whom they reach.
with
    touchpoints as (
        select * from {{ ref("fct_touchpoints") }} where coalesce(touch_label, '') <> 'machine open'
    ),

    persons as (select * from {{ ref("dim_person") }}),

    -- A campaign that is for several personas is for none in particular.
    campaigns as (
        select campaign, min(persona) as persona
        from {{ ref("dim_campaign") }}
        where persona <> 'unknown'
        group by campaign
        having count(distinct persona) = 1
    ),

    aimed as (
        select 'campaign' as target, campaigns.persona as meant_for, touchpoints.person_id
        from touchpoints
        inner join campaigns on touchpoints.campaign = campaigns.campaign
        union all
        select 'content' as target, content_persona as meant_for, person_id
        from touchpoints
        where content_persona is not null
    ),

    reached as (
        select
            aimed.target,
            aimed.meant_for,
            coalesce(persons.persona, 'unknown') as persona,
            count(*) as touches,
            count(distinct aimed.person_id) as persons
        from aimed
        left join persons on aimed.person_id = persons.person_id
        group by aimed.target, aimed.meant_for, coalesce(persons.persona, 'unknown')
    )

select
    target,
    meant_for,
    persona,
    persona = meant_for as is_meant,
    touches,
    persons,
    persons
    / cast(nullif(sum(persons) over (partition by target, meant_for), 0) as double) as persons_share_rate,
    -- Of those whose persona is known: nobody can aim at a job title that is missing.
    case
        when persona <> 'unknown'
        then
            persons / cast(
                sum(case when persona <> 'unknown' then persons end) over (
                    partition by target, meant_for
                ) as double
            )
    end as known_share_rate
from reached
