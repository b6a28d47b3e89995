-- An end of a deal counts while the deal is at it: it was reopened, lost after it was won or won after it was
-- lost, else.
{%- set far = "timestamp '9999-12-31 00:00:00'" %}
{%- set long_ago = "timestamp '0001-01-01 00:00:00'" %}

with
    changes as (
        select *
        from {{ ref("int_labelled_stage_changes") }}
        where opportunity_id is not null and not is_decided_by_rule
    ),

    as_of as (select * from {{ ref("int_as_of") }}),

    closings as (select * from {{ ref("int_closings") }}),

    opportunities as (
        select
            {{ global_id("opportunities.system", "opportunities.opportunity_record_id") }} as opportunity_id,
            closings.stated_at,
            case
                when
                    closings.opportunity_record_id is not null
                    and coalesce(closings.closed_at <= as_of.as_of, true)
                then case when opportunities.is_won then 'won' else 'lost' end
                else 'open'
            end as status,
            closings.closed_at
        from {{ ref("int_opportunities") }} as opportunities
        cross join as_of
        left join
            closings
            on opportunities.system = closings.system
            and opportunities.opportunity_record_id = closings.opportunity_record_id
    ),

    deal_changes as (
        select
            changes.stage_entry_id,
            changes.person_id,
            changes.opportunity_id,
            changes.entered_at,
            changes.stage,
            opportunities.status,
            opportunities.closed_at,
            case
                when changes.stage = 'customer' then 'won' when changes.is_side_state then 'lost' else 'open'
            end as means,
            -- What is dated after its end, such as an opening that was recorded late, does not reopen it.
            case
                when changes.entered_at <= coalesce(opportunities.stated_at, {{ far }})
                then changes.entered_at
            end as moved_at
        from changes
        left join opportunities on changes.opportunity_id = opportunities.opportunity_id
    ),

    last_moves as (
        select
            opportunity_id,
            coalesce(max(case when means <> 'won' then moved_at end), {{ long_ago }}) as last_not_won_at,
            coalesce(max(case when means <> 'lost' then moved_at end), {{ long_ago }}) as last_not_lost_at
        from deal_changes
        group by opportunity_id
    ),

    reopened as (
        select deal_changes.*
        from deal_changes
        inner join last_moves on deal_changes.opportunity_id = last_moves.opportunity_id
        where
            deal_changes.means <> 'open'
            -- It is at this end.
            and not coalesce(
                deal_changes.status = deal_changes.means
                and deal_changes.entered_at >= deal_changes.closed_at,
                false
            )
            and (
                coalesce(deal_changes.status <> 'won' and deal_changes.stage = 'customer', false)
                or coalesce(deal_changes.status <> 'lost' and deal_changes.stage = 'lost', false)
                or case
                    deal_changes.means
                    when 'won'
                    then last_moves.last_not_won_at
                    else last_moves.last_not_lost_at
                end
                > deal_changes.entered_at
            )
    )

select stage_entry_id, person_id, opportunity_id, means, entered_at
from reopened
