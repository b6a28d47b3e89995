-- The leads that sales accepted in one month, of a stream that it works in HubSpot, and the three steps of
-- the follow-up:
-- 3 attempts in 2 weeks, 5 in 4, 7 in 8. One row per lead and step.
with
    stages as (
        select
            person,
            utc(entered_by_stage_name['Sales Accepted Lead (Lifecycle Stage Pipeline)']) as started_at,
            unnest(map_entries(entered_by_stage_name)) as entry
        from contacts
        where business_unit = 'Small Business'
    ),

    moves as (select person, started_at, entry.key as stage, utc(entry.value) as moved_at from stages),

    -- Another pass begins when the lead returns as MQL.
    accepted as (
        select
            person,
            started_at,
            coalesce(
                min(moved_at) filter (stage like 'Marketing Qualified Lead%' and moved_at > started_at),
                timestamp '9999-12-31'
            ) as ends_at
        from moves
        where milan_date(started_at) >= date '2026-08-01' and milan_date(started_at) < date '2026-09-01'
        group by all
    ),

    steps as (select unnest([3, 5, 7]) as attempts, unnest([2, 4, 8]) as weeks),

    done as (
        select deeds.*, accepted.started_at
        from accepted
        inner join
            deeds_of_people as deeds
            on accepted.person = deeds.person
            and deeds.done_at >= accepted.started_at
            and deeds.done_at < accepted.ends_at
        where deeds.class > 0
    ),

    numbered as (
        select person, done_at, row_number() over (partition by person order by done_at, deed) as number
        from done
        where not is_from_lead
    ),

    -- What ends the duty: the lead answers, they meet, it goes on or out, it does not want to be written to.
    ends as (
        select person, done_at as ended_at, case when is_from_lead then 'reply' else 'meeting' end as ended_by
        from done
        where is_from_lead or kind = 'meeting'
        union all
        select moves.person, moves.moved_at, split_part(moves.stage, ' (', 1)
        from moves
        inner join accepted on moves.person = accepted.person and moves.moved_at < accepted.ends_at
        where moves.moved_at > accepted.started_at and moves.moved_at <= getvariable('as_of')
        union all
        select accepted.person, greatest(events.happened_at, accepted.started_at), 'opt out'
        from accepted
        inner join contacts on accepted.person = contacts.person
        inner join raw.mailing__email_events as events on contacts.address = lower(trim(events.recipient))
        where lower(events.event) like 'unsubscri%' and events.happened_at < accepted.ends_at
    ),

    first_ends as (
        select person, min(ended_at) as ended_at, min_by(ended_by, (ended_at, ended_by)) as ended_by
        from ends
        group by person
    ),

    evaluated as (
        select
            accepted.person,
            steps.attempts,
            accepted.started_at,
            accepted.started_at + to_weeks(steps.weeks) as due_at,
            numbered.done_at as kept_at,
            first_ends.ended_at,
            first_ends.ended_by,
            (
                select count(*)
                from numbered as tries
                where tries.person = accepted.person and tries.done_at <= first_ends.ended_at
            ) as tried
        from accepted
        cross join steps
        left join numbered on accepted.person = numbered.person and steps.attempts = numbered.number
        left join first_ends on accepted.person = first_ends.person
    )

select
    *,
    case
        when ended_at <= due_at and (kept_at is null or ended_at < kept_at)
        then 'excused'
        when kept_at <= due_at
        then case when getvariable('as_of') > due_at then 'kept' else 'early' end
        when getvariable('as_of') > due_at
        then 'missed'
        else 'open'
    end as status,
    ended_by in ('Rejected by Sales', 'Disqualified', 'Recycled') as is_ended_by_owner
from evaluated
