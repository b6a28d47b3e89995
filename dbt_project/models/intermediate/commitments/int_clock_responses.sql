-- The first attempt, contact and conversation after each start of a commitment to contact, whatever the
-- commitment counts; both clocks, and no minutes where one of the two is a date.
with
    clocks as (select * from {{ ref("int_clocks") }} where kind = 'clock' and until_stage is null),

    contacts as (select * from {{ ref("int_clock_contacts") }}),

    slots as (select * from {{ ref("int_business_calendar") }}),

    classes as (
        select *
        from
            (values ('attempt', 1), ('contact', 2), ('conversation', 3)) as classes(
                activity_class, class_rank
            )
    ),

    firsts as (
        select
            contacts.clock_id,
            classes.activity_class,
            min(contacts.happened_at) filter (where not contacts.is_before_start) as first_at,
            min(contacts.latest_at) filter (where contacts.is_sure) as reached_by_at,
            bool_or(contacts.is_before_start) as is_before_start
        from contacts
        inner join classes on {{ activity_class_rank("contacts.activity_class") }} >= classes.class_rank
        group by contacts.clock_id, classes.activity_class
    ),

    instants as (
        select
            firsts.*,
            clocks.agreement_version,
            clocks.calendar,
            {{ exact_microseconds("clocks.started_at") }} as started,
            {{ exact_microseconds("firsts.first_at") }} as reached,
            {{ has_time("clocks.started_at") }} and {{ has_time("firsts.first_at") }} as has_minutes
        from firsts
        inner join clocks on firsts.clock_id = clocks.clock_id
    )

select
    instants.clock_id,
    instants.activity_class,
    instants.first_at,
    instants.reached_by_at,
    instants.is_before_start,
    case
        when has_minutes then cast(instants.reached - instants.started as double) / 60000000
    end as elapsed_minutes,
    case
        when has_minutes
        then
            cast(
                {{ business_time("reached_slots", "instants.reached") }}
                - ({{ business_time("start_slots", "instants.started") }}) as double
            )
            / 60000000
    end as elapsed_business_minutes
from instants
inner join
    slots as start_slots
    on instants.agreement_version = start_slots.agreement_version
    and instants.calendar = start_slots.calendar
    and {{ slot_of("instants.started") }} = start_slots.slot_number
left join
    slots as reached_slots
    on instants.agreement_version = reached_slots.agreement_version
    and instants.calendar = reached_slots.calendar
    and {{ slot_of("instants.reached") }} = reached_slots.slot_number
