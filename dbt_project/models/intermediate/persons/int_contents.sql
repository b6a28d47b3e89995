-- What no content is meant for is asked only of a company that names its content.
with
    rules as (
        select *
        from {{ source("reference", "content") }} as rules
        where {{ in_force("rules", local_date("(select as_of from " ~ ref("int_as_of") ~ ")")) }}
    ),

    personas as (select * from {{ source("agreement", "personas") }}),

    versions as (select * from {{ version_of_today() }} as versions),

    stages as (select * from {{ ref("known_stages") }} where not is_side_state),

    contents as (
        select distinct
            content as content_name, kind as content_kind, stage as content_stage, persona as content_persona
        from rules
    ),

    agreed as (
        select distinct personas.persona
        from personas
        inner join versions on personas.agreement_version = versions.agreement_version
    ),

    -- Content without a persona is for all of them.
    meant as (
        select content_stage, content_persona
        from contents
        where content_persona is not null
        union all
        select contents.content_stage, agreed.persona as content_persona
        from contents
        cross join agreed
        where contents.content_persona is null
    ),

    needed as (
        select stages.stage, stages.place, agreed.persona, count(meant.content_persona) as contents
        from stages
        cross join agreed
        left join meant on stages.stage = meant.content_stage and agreed.persona = meant.content_persona
        group by stages.stage, stages.place, agreed.persona
    )

select
    contents.content_name,
    contents.content_kind,
    contents.content_stage,
    stages.place as stage_place,
    contents.content_persona,
    false as is_gap
from contents
left join stages on contents.content_stage = stages.stage
union all
select
    cast(null as string) as content_name,
    cast(null as string) as content_kind,
    needed.stage as content_stage,
    needed.place as stage_place,
    needed.persona as content_persona,
    true as is_gap
from needed
where needed.contents = 0 and (select count(*) from contents) > 0
