-- Meetings that were held, by the week in Milan: in HubSpot those with the outcome Completed, in
-- Salesforce those that were not deleted, each once however many took part.
with
    held as (
        select deed, milan_date(done_at) as held_date
        from deeds
        where kind = 'meeting' and class = 3 and done_at <= getvariable('as_of')
    )

select cast(date_trunc('week', held_date) as date) as week_date, count(distinct deed) as meetings
from held
where held_date >= date '2026-09-07' and held_date < date '2026-10-05'
group by week_date
order by week_date
