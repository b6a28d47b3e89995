-- The leads that were handed over in June and September 2026, by class: when was the first attempt, contact,
-- conversation, by whom, and when was the lead declined?
with
    started as (
        select
            handed_over.person,
            handed_over.mql_at as started_at,
            min(moves.moved_at) filter (
                moves.stage in ('Rejected by Sales', 'Disqualified') and moves.moved_at >= handed_over.mql_at
            ) as excused_at,
            -- What was done before the lead was sent back is of the pass before.
            max(moves.moved_at) filter (
                moves.stage = 'Recycled' and moves.moved_at <= handed_over.mql_at
            ) as came_back_after,
            min(utc(contacts.create_date)) as created_at
        from handed_over
        left join moves on handed_over.person = moves.person
        left join contacts on handed_over.person = contacts.person
        where
            milan_date(handed_over.mql_at) between date '2026-06-01' and date '2026-06-30'
            or milan_date(handed_over.mql_at) between date '2026-09-01' and date '2026-09-30'
        group by handed_over.person, handed_over.mql_at
    ),

    -- A contact before the start counts for a week, never from before the record.
    happened as (
        select
            started.person,
            started.started_at,
            deeds.class,
            deeds.is_from_lead,
            deeds.rep,
            greatest(deeds.done_at, started.started_at) as done_at
        from started
        inner join
            deeds_of_people as deeds
            on started.person = deeds.person
            and deeds.done_at >= case
                when started.came_back_after is not null
                then started.started_at
                else
                    greatest(
                        coalesce(started.created_at, started.started_at), started.started_at - interval 7 day
                    )
            end
        where deeds.class > 0
    ),

    -- What the lead does answers an attempt by sales; by itself it is not work of sales.
    done as (
        select *
        from happened
        where
            not is_from_lead
            or done_at > (
                select min(tries.done_at)
                from happened as tries
                where
                    tries.person = happened.person
                    and tries.started_at = happened.started_at
                    and not tries.is_from_lead
            )
    ),

    -- The commitment belongs to the rep who acted first; where nobody acted, to the owner.
    actors as (
        select person, started_at, min_by(rep, (done_at, rep)) as actor
        from done
        where not is_from_lead
        group by person, started_at
    ),

    reached as (
        select
            started.person,
            started.started_at,
            started.excused_at,
            coalesce(actors.actor, owners.owner) as rep,
            classes.class,
            min(done.done_at) as kept_at
        from started
        cross join (select unnest([1, 2, 3]) as class) as classes
        left join done
            on started.person = done.person
            and started.started_at = done.started_at
            and done.class >= classes.class
        left join actors on started.person = actors.person and started.started_at = actors.started_at
        left join owners on started.person = owners.person
        group by all
    ),

    -- The agreement counts attempts within a day: one that was not made is of who had the lead then.
    ended as (
        select person, started_at, least(excused_at, due_at) as ended_at
        from (select *, started_at + interval 24 hour as due_at from reached where class = 1)
        where not coalesce(kept_at <= least(excused_at, due_at), false)
    )

select
    reached.person,
    reached.started_at,
    cast(date_trunc('month', milan_date(reached.started_at)) as date) as month_date,
    reached.rep,
    case when ended.person is null then reached.rep else holders.rep end as rep_then,
    ['attempt', 'contact', 'conversation'][reached.class] as class,
    reached.kept_at,
    reached.excused_at
from reached
left join ended on reached.person = ended.person and reached.started_at = ended.started_at
left join
    holders
    on ended.person = holders.person
    and ended.ended_at >= holders.held_from
    and ended.ended_at < holders.held_until
