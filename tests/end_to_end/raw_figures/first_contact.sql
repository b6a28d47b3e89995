-- The leads that were handed over in September 2026, by rep and class: was the first attempt,
-- contact, conversation within 24 hours of MQL, or was the lead declined before? Kept, missed,
-- excused.
with
    started as (
        select
            handed_over.person,
            handed_over.mql_at as started_at,
            handed_over.mql_at + interval 24 hour as due_at,
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
            milan_date(handed_over.mql_at) >= date '2026-09-01'
            and milan_date(handed_over.mql_at) < date '2026-10-01'
        group by handed_over.person, handed_over.mql_at
    ),

    -- A contact before the start counts for a week, never from before the record.
    happened as (
        select
            started.person,
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
                where tries.person = happened.person and not tries.is_from_lead
            )
    ),

    -- The commitment belongs to the rep who acted first; where nobody acted, to the owner.
    actors as (
        select person, min_by(rep, (done_at, rep)) as actor from done where not is_from_lead group by person
    ),

    reached as (
        select
            started.person,
            started.due_at,
            started.excused_at,
            coalesce(actors.actor, owners.owner) as rep,
            classes.class,
            min(done.done_at) as kept_at
        from started
        cross join (select unnest([1, 2, 3]) as class) as classes
        left join done on started.person = done.person and done.class >= classes.class
        left join actors on started.person = actors.person
        left join owners on started.person = owners.person
        group by all
    )

select
    rep,
    ['attempt', 'contact', 'conversation'][class] as class,
    count(*) filter (kept_at <= due_at and (excused_at is null or kept_at <= excused_at)) as kept,
    count(*) filter (not coalesce(least(kept_at, excused_at) <= due_at, false)) as missed,
    count(*) filter (excused_at <= due_at and (kept_at is null or excused_at < kept_at)) as excused
from reached
group by rep, class
order by rep, class
