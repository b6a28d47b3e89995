-- A stage that was left again is no entry for the funnel. A deal's end counts while the deal is at that
-- end: it
-- was reopened, lost after it was won or won after it was lost, else. A person's stage was a mistake if the
-- same
-- field of the same record went back to an earlier stage that it had had, before anything followed. The
-- stage of
-- the handoff, and those before, may start a commitment: a mistake there is found within a day.
{%- set far = "timestamp '9999-12-31 00:00:00'" %}
{%- set long_ago = "timestamp '0001-01-01 00:00:00'" %}

with
    changes as (select * from {{ ref("int_labelled_stage_changes") }} where not is_decided_by_rule),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    stages as (select * from {{ ref("known_stages") }}),

    as_of as (select * from {{ ref("int_as_of") }}),

    closings as (select * from {{ ref("int_closings") }}),

    opportunities as (
        select
            {{ global_id("opportunities.system", "opportunities.opportunity_record_id") }} as opportunity_id,
            closings.stated_at,
            case
                when closings.closed_at <= as_of.as_of
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
        where changes.opportunity_id is not null
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
    ),

    -- The customer that a contact became with a deal, it is no more without the deal.
    with_a_deal as (
        select changes.stage_entry_id, changes.person_id
        from changes
        inner join reopened on changes.person_id = reopened.person_id
        where
            reopened.means = 'won'
            and changes.opportunity_id is null
            and changes.stage = 'customer'
            and abs({{ minutes_between("reopened.entered_at", "changes.entered_at") }}) <= 1440
    ),

    moves as (
        select
            changes.*,
            handoffs.stage_rank as handoff_rank,
            lead(changes.entered_at) over record_order as set_back_at,
            lead(changes.stage) over record_order as next_stage,
            lead(changes.stage_rank) over record_order as next_rank
        from changes
        left join versions on changes.agreement_version = versions.agreement_version
        inner join stages as handoffs on coalesce(versions.handoff_stage, 'mql') = handoffs.stage
        where changes.opportunity_id is null
        window
            record_order as (
                partition by changes.system, changes.person_record_id, changes.changed_field
                order by changes.entered_at, changes.is_side_state, changes.stage_rank, changes.stage_entry_id
            )
    ),

    set_back as (
        select *
        from moves
        where
            next_rank > 0
            and next_rank < stage_rank
            and (stage_rank > handoff_rank or {{ minutes_between("entered_at", "set_back_at") }} <= 1440)
    ),

    mistakes as (
        select set_back.stage_entry_id, set_back.person_id
        from set_back
        left join
            moves as before
            on set_back.system = before.system
            and set_back.person_record_id = before.person_record_id
            and set_back.changed_field = before.changed_field
            and set_back.next_stage = before.stage
            and set_back.entered_at >= before.entered_at
        left join
            changes as higher
            on set_back.person_id = higher.person_id
            and set_back.stage_rank < higher.stage_rank
            and set_back.entered_at <= higher.entered_at
            and set_back.set_back_at > higher.entered_at
        where
            higher.stage_entry_id is null
            -- Dates of systems that keep the latest one of each stage are often out of order.
            and (before.stage_entry_id is not null or set_back.stage = 'customer')
    ),

    left_again as (
        select stage_entry_id, person_id
        from reopened
        union
        select stage_entry_id, person_id
        from with_a_deal
        union
        select stage_entry_id, person_id
        from mistakes
    )

select stage_entry_id, person_id
from left_again
