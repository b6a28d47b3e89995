-- Leads handed over more than a day ago (the promise of first contact) whom sales has not even tried to reach
-- since, nor in the week before (then it was in contact already); with what they are worth.
with
    last_returns as (
        select
            valued.person,
            valued.mql_at,
            max(moves.moved_at) as came_back_after,
            min(utc(contacts.create_date)) as created_at
        from valued
        left join
            moves
            on valued.person = moves.person
            and moves.stage = 'Recycled'
            and moves.moved_at <= valued.mql_at
        left join contacts on valued.person = contacts.person
        group by valued.person, valued.mql_at
    ),

    tried as (
        select valued.person, valued.mql_at, valued.lead_value, count(deeds.deed) as attempts
        from valued
        inner join last_returns on valued.person = last_returns.person and valued.mql_at = last_returns.mql_at
        left join
            deeds_of_people as deeds
            on valued.person = deeds.person
            and deeds.class > 0
            and not deeds.is_from_lead
            and deeds.done_at >= case
                when came_back_after is not null
                then valued.mql_at
                else greatest(coalesce(created_at, valued.mql_at), valued.mql_at - interval 7 day)
            end
        group by valued.person, valued.mql_at, valued.lead_value
    )

select person, mql_at, lead_value
from tried
where attempts = 0 and mql_at + interval 24 hour < getvariable('as_of')
