{%- set far = "timestamp '9999-12-31 00:00:00'" %}
with
    opportunities as (
        select
            *,
            -- A close date that was written later was not known on its day.
            case
                when closed_at is not null
                then greatest(closed_at, coalesce(closing_entered_at, closed_at), created_at)
            end as known_closed_at
        from {{ ref("fct_opportunities") }}
        where created_at is not null and (status = 'open' or closed_at is not null)
    ),

    changes as (select * from {{ ref("int_labelled_stage_changes") }} where opportunity_id is not null),

    entries as (
        select
            opportunity_id,
            created_at as entered_at,
            'unknown' as stage_label,
            cast(null as string) as ended_as,
            0 as place,
            known_closed_at,
            status
        from opportunities
        union all
        select
            opportunities.opportunity_id,
            greatest(changes.entered_at, opportunities.created_at),
            coalesce(changes.stage_label, 'unknown'),
            case when changes.stage = 'customer' then 'won' when changes.is_side_state then 'lost' end,
            changes.stage_rank + 1,
            opportunities.known_closed_at,
            opportunities.status
        from opportunities
        inner join changes on opportunities.opportunity_id = changes.opportunity_id
        where changes.entered_at < coalesce(opportunities.closed_at, {{ far }})
    ),

    -- Of one instant the stage that is furthest.
    at_instants as (
        select *
        from entries
        qualify
            row_number() over (
                partition by opportunity_id, entered_at order by place desc, ended_as nulls last, stage_label
            )
            = 1
    ),

    labelled as (
        select
            *,
            lag(stage_label || coalesce(ended_as, '')) over (
                partition by opportunity_id order by entered_at
            ) as label_before
        from at_instants
    ),

    -- The same stage written again is not another stay.
    stays as (
        select
            *,
            lead(entered_at) over (partition by opportunity_id order by entered_at) as next_entered_at,
            lead(ended_as) over (partition by opportunity_id order by entered_at) as next_ended_as,
            lead(stage_label) over (partition by opportunity_id order by entered_at) as next_label
        from labelled
        where label_before is null or label_before <> stage_label || coalesce(ended_as, '')
    )

select
    opportunity_id,
    cast(row_number() over (partition by opportunity_id order by entered_at) as integer) as stay_number,
    stage_label,
    entered_at,
    coalesce(next_entered_at, known_closed_at) as left_at,
    case
        when next_entered_at is not null
        then coalesce(next_ended_as, 'moved')
        when status <> 'open'
        then status
    end as movement,
    case when next_ended_as is null then next_label end as next_stage_label,
    next_entered_at is null as is_last
from stays
where ended_as is null
