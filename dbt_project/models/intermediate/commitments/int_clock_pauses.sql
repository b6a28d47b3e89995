{%- set piece -%}
    partition by clock_id, is_latest order by away_from rows between unbounded preceding and 1 preceding
{%- endset -%}

-- How long each clock stood still while the owner of that time was absent, where that is agreed: until
-- it fell due, on its own clock, and until it was stopped, on both. What a cover does has no part in it.
with
    clocks as (select * from {{ ref("int_clock_stops") }} where absence = 'pauses'),

    assignments as (select * from {{ ref("int_owner_assignments") }} where is_assigned),

    absences as (select * from {{ ref("int_absences") }} where fault is null),

    {{ clock_instants() }},

    away as (
        select
            business.*,
            greatest(
                business.started,
                {{ to_microseconds("assignments.owned_from") }},
                {{ to_microseconds("absences.absent_from") }}
            ) as away_from,
            -- The business calendar goes no further.
            least(
                {{ to_microseconds("assignments.owned_until") }},
                {{ to_microseconds("absences.absent_until") }},
                {{ calendar_end("slots") }}
            ) as away_until
        from business
        inner join assignments on business.person_id = assignments.person_id
        inner join absences on assignments.owner_id = absences.owner_id
    ),

    pieces as (
        select
            away.*,
            {{ business_time("from_slots", "away.away_from") }} as from_business,
            {{ business_time("until_slots", "away.away_until") }} as until_business
        from away
        inner join
            slots as from_slots
            on away.agreement_version = from_slots.agreement_version
            and away.calendar = from_slots.calendar
            and {{ slot_of("away.away_from") }} = from_slots.slot_number
        inner join
            slots as until_slots
            on away.agreement_version = until_slots.agreement_version
            and away.calendar = until_slots.calendar
            and {{ slot_of("away.away_until") }} = until_slots.slot_number
        where away.away_from < away.away_until
    ),

    lasting as (
        select
            *,
            case
                when clock_type = 'calendar' then away_from - started else from_business - started_business
            end as passed,
            case
                when clock_type = 'calendar' then away_until - away_from else until_business - from_business
            end as lasted
        from pieces
    ),

    -- A pause that begins before the time allowed has run moves the due instant; one that begins then does
    -- not.
    ran as (select *, passed - coalesce(sum(lasted) over ({{ piece }}), 0) as ran_before from lasting)

select
    clock_id,
    is_latest,
    sum(case when ran_before < allowed then lasted else 0 end) as paused_until_due,
    sum(greatest(least(away_until, stopped) - away_from, 0)) as paused,
    sum(greatest(least(until_business, stopped_business) - from_business, 0)) as paused_business
from ran
group by clock_id, is_latest
