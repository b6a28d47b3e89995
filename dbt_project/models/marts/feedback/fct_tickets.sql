with
    tickets as (
        select *
        from {{ ref("int_tickets") }}
        where {{ until_as_of("created_at") }} and not coalesce({{ until_as_of("deleted_at") }}, false)
    ),

    links as (select * from {{ ref("int_person_links") }}),

    account_links as (select * from {{ ref("int_account_links") }}),

    owner_links as (select * from {{ ref("int_owner_links") }}),

    persons as (select * from {{ ref("dim_person") }}),

    clock as (select as_of from {{ ref("int_as_of") }}),

    -- New leads without an answer to a ticket prove that nobody answered: a system shows what was done until
    -- its latest instant in any file.
    ends as (select system, max(last_at) as ends_at from {{ ref("int_source_ends") }} group by system),

    -- Nothing after the as-of has happened; a closing can be planned.
    known as (
        select
            tickets.system,
            tickets.ticket_record_id,
            tickets.person_record_id,
            tickets.account_record_id,
            tickets.owner_record_id,
            tickets.created_at,
            case
                when {{ until_as_of("tickets.first_answered_at") }} then tickets.first_answered_at
            end as first_answered_at,
            case when {{ until_as_of("tickets.closed_at") }} then tickets.closed_at end as closed_at,
            coalesce(tickets.is_closed, false) and tickets.closed_at is null as is_closed_undated,
            -- Where no ticket has a reply, a closing shows an answer, and nothing shows that there was none.
            max(tickets.first_answered_at) over (partition by tickets.system) is not null as is_reply_known,
            case when ends.ends_at < clock.as_of then ends.ends_at else clock.as_of end as known_until
        from tickets
        cross join clock
        left join ends on tickets.system = ends.system
    ),

    -- What is older than the ticket answers nothing; fct_negative_durations counts it.
    possible as (
        select
            *,
            case
                when {{ latest_of("first_answered_at") }} >= created_at then first_answered_at
            end as possible_answer_at,
            case when {{ latest_of("closed_at") }} >= created_at then closed_at end as possible_closing_at
        from known
    ),

    answers as (
        select
            *,
            first_answered_at is not null or closed_at is not null or is_closed_undated as is_answered,
            case
                when coalesce(possible_closing_at < possible_answer_at, possible_answer_at is null)
                then possible_closing_at
                else possible_answer_at
            end as answered_at
        from possible
    ),

    -- A date without a time has no hours.
    timed as (
        select
            *,
            case
                when {{ has_time("created_at") }} and {{ has_time("answered_at") }}
                then
                    cast(
                        {{ exact_microseconds("answered_at") }}
                        - {{ exact_microseconds("created_at") }} as double
                    )
                    / 3600000000
            end as answer_hours,
            case
                when {{ has_time("created_at") }} then {{ minutes_between("created_at", "known_until") }} / 60
            end as known_hours
        from answers
    )

select
    {{ global_id("timed.system", "timed.ticket_record_id") }} as ticket_id,
    timed.system,
    links.person_id,
    coalesce(
        account_links.account_id,
        {{ global_id("timed.system", "timed.account_record_id") }},
        persons.account_id
    ) as account_id,
    owner_links.owner_id,
    timed.created_at,
    {{ local_date("timed.created_at") }} as created_date,
    timed.first_answered_at,
    timed.closed_at,
    timed.is_answered,
    timed.is_reply_known,
    timed.answered_at,
    timed.answer_hours,
    case when timed.is_answered then timed.answer_hours else timed.known_hours end as waited_hours
from timed
left join links on timed.system = links.system and timed.person_record_id = links.person_record_id
left join persons on links.person_id = persons.person_id
left join
    account_links
    on {{ global_id("timed.system", "timed.account_record_id") }} = account_links.account_record_id
left join
    owner_links on timed.system = owner_links.system and timed.owner_record_id = owner_links.owner_record_id
where links.exclusion_reason is null
