with
    contents as (select * from {{ ref("dim_content") }}),

    touchpoints as (
        select *
        from {{ ref("fct_touchpoints") }}
        where content_label is not null and coalesce(touch_label, '') <> 'machine open'
    ),

    documents as (select * from {{ ref("fct_documents") }}),

    timeline as (select * from {{ ref("fct_timeline") }}),

    uses as (
        select
            content_name,
            content_kind,
            content_stage,
            stage_place,
            content_persona,
            is_gap,
            cast(null as string) as name,
            cast(null as string) as owner_id,
            cast(null as string) as event_id,
            0 as touches,
            0 as documents_sent,
            0 as documents_opened
        from contents
        union all
        select
            coalesce(content_name, '(not explained)') as content_name,
            content_kind,
            content_stage,
            null as stage_place,
            content_persona,
            false as is_gap,
            content_label as name,
            null as owner_id,
            'touch:' || touchpoint_id as event_id,
            1 as touches,
            0 as documents_sent,
            0 as documents_opened
        from touchpoints
        union all
        select
            coalesce(content_name, '(not explained)') as content_name,
            content_kind,
            content_stage,
            null as stage_place,
            content_persona,
            false as is_gap,
            document_label as name,
            owner_id,
            'sent:' || document_id as event_id,
            0 as touches,
            1 as documents_sent,
            case when is_opened then 1 else 0 end as documents_opened
        from documents
    ),

    counted as (
        select
            uses.content_stage,
            uses.content_persona,
            uses.content_name,
            uses.content_kind,
            uses.is_gap,
            max(uses.stage_place) as stage_place,
            count(distinct uses.name) as names,
            cast(sum(uses.documents_sent) as bigint) as documents_sent,
            count(distinct uses.owner_id) as owners,
            cast(sum(uses.documents_opened) as bigint) as documents_opened,
            cast(sum(uses.touches) as bigint) as touches,
            count(distinct timeline.journey_id) as journeys
        from uses
        left join timeline on uses.event_id = timeline.event_id
        group by uses.content_stage, uses.content_persona, uses.content_name, uses.content_kind, uses.is_gap
    ),

    ordered as (select *, max(stage_place) over (partition by content_stage) as known_place from counted)

select
    content_stage,
    content_persona,
    content_name,
    content_kind,
    is_gap,
    names,
    documents_sent,
    owners,
    documents_opened,
    touches,
    journeys,
    row_number() over (
        order by
            known_place nulls last,
            content_stage,
            is_gap,
            case when content_kind is null then 1 else 0 end,
            documents_sent + touches desc,
            content_name,
            content_kind,
            content_persona nulls first
    ) as place
from ordered
