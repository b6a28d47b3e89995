{%- set columns = "commitment_id, agreement_version, team, commitment, journey_id, calendar, time_of" -%}

-- A clock runs until it was kept or excused; if neither, until it fell due or the as-of. One that
-- was kept before it started never ran.
with
    clocks as (select * from {{ ref("int_clock_statuses") }} where is_agreed),

    agreed as (select clock_id, absence from {{ ref("int_clocks") }}),

    assignments as ({{ recorded_assignments() }}),

    absences as (select * from {{ ref("int_absences") }} where fault is null),

    slots as (select * from {{ ref("int_business_calendar") }}),

    as_of as (select * from {{ ref("int_as_of") }}),

    ran as (
        select
            clocks.*,
            agreed.absence,
            as_of.as_of,
            case
                when clocks.status = 'excused'
                then clocks.excused_at
                else coalesce(clocks.stopped_at, least(clocks.due_at, as_of.as_of))
            end as ended_at
        from clocks
        cross join as_of
        left join agreed on clocks.commitment_id = agreed.clock_id
        where clocks.status_reason not in ('already in contact', 'already there')
    ),

    held as (
        select
            ran.*,
            assignments.owner_id as holder_id,
            assignments.owned_from,
            assignments.owned_until,
            case
                when assignments.is_assigned
                then 'owner'
                when assignments.is_recorded
                then 'system'
                else 'unknown'
            end as time_of,
            1 as sign
        from ran
        inner join
            assignments
            on ran.person_id = assignments.person_id
            and assignments.owned_until > ran.started_at
            and (assignments.owned_from < ran.ended_at or assignments.owned_from <= ran.started_at)
    ),

    absent as (
        select
            held.*,
            absences.cover_id,
            greatest(held.owned_from, absences.absent_from) as absent_from,
            least(held.owned_until, absences.absent_until) as absent_until
        from held
        inner join
            absences
            on held.absence is not null
            and held.time_of = 'owner'
            and held.holder_id = absences.owner_id
            and absences.absent_from < least(held.owned_until, held.ended_at)
            and absences.absent_until > greatest(held.owned_from, held.started_at)
    ),

    -- What was the cover's, or nobody's, is taken from the time of the owner. A clock that pauses did not
    -- run then.
    pieces as (
        select commitment_id, holder_id as owner_id, time_of, sign, owned_from, owned_until
        from held
        union all
        select commitment_id, holder_id as owner_id, time_of, -1 as sign, absent_from, absent_until
        from absent
        union all
        select
            commitment_id,
            coalesce(cover_id, holder_id) as owner_id,
            case when cover_id is null then 'absent' else 'cover' end as time_of,
            1 as sign,
            absent_from,
            absent_until
        from absent
        where absence = 'covered_by'
    ),

    cut as (
        select
            ran.*,
            pieces.owner_id as holder_id,
            pieces.time_of,
            pieces.sign,
            {{ to_microseconds("greatest(pieces.owned_from, ran.started_at)") }} as held_from,
            {{ to_microseconds("least(pieces.owned_until, ran.ended_at)") }} as held_until,
            case
                when
                    ran.due_at <= ran.as_of
                    and pieces.owned_from <= ran.due_at
                    and pieces.owned_until > ran.due_at
                then pieces.sign
                else 0
            end as sign_when_due
        from pieces
        inner join ran on pieces.commitment_id = ran.commitment_id
    ),

    timed as (
        select
            cut.*,
            cut.sign * (cut.held_until - cut.held_from) as held_time,
            cut.sign * (
                {{ business_time("until_slots", "cut.held_until") }}
                - ({{ business_time("from_slots", "cut.held_from") }})
            ) as held_business_time
        from cut
        inner join
            slots as from_slots
            on cut.agreement_version = from_slots.agreement_version
            and cut.calendar = from_slots.calendar
            and {{ slot_of("cut.held_from") }} = from_slots.slot_number
        inner join
            slots as until_slots
            on cut.agreement_version = until_slots.agreement_version
            and cut.calendar = until_slots.calendar
            and {{ slot_of("cut.held_until") }} = until_slots.slot_number
    )

select
    {{ columns }},
    holder_id as owner_id,
    clock_type,
    started_at,
    ended_at,
    cast(sum(held_time) as double) / 60000000 as held_minutes,
    cast(sum(held_business_time) as double) / 60000000 as held_business_minutes,
    cast(sum(held_time) as double)
    / nullif(sum(sum(held_time)) over (partition by commitment_id), 0) as share_rate,
    sum(sign_when_due) > 0 as is_owner_when_due
from timed
group by {{ columns }}, holder_id, clock_type, started_at, ended_at
-- An owner who was absent all the time had none of it; a clock that pauses may have run no minute.
having sum(held_time) > 0 or min(sign) > 0 or min(absence) = 'pauses'
