-- Whose calendar each line states, and what is wrong with it. One whose owner is not clear, or that
-- contradicts an earlier line, is not used; a version that does not have the calendar does not use
-- it.
with
    words as (select * from {{ ref("stg_reference__owners") }} where calendar is not null),

    links as (select * from {{ ref("int_owner_links") }} where given_name is not null),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    as_of as (select * from {{ ref("int_as_of") }}),

    calendars as (
        select distinct agreement_version, calendar from {{ source("agreement", "calendar_hours") }}
    ),

    named as (
        select given_name, min(owner_id) as owner_id, bool_or(is_automatic) as is_automatic
        from links
        group by given_name
    ),

    resolved as (
        select
            words.file,
            words.line,
            words.place,
            words.owner_name,
            words.calendar,
            coalesce(words.valid_from, date '0001-01-01') as valid_from,
            coalesce(words.valid_to, date '9999-12-31') as valid_to,
            case when not named.is_automatic then named.owner_id end as owner_id,
            coalesce(named.is_automatic, false) as is_automatic
        from words
        left join named on words.owner_name = named.given_name
    ),

    clashes as (
        select resolved.place, min(others.place) as other_place
        from resolved
        inner join
            resolved as others
            on resolved.owner_name = others.owner_name
            and resolved.calendar <> others.calendar
            and resolved.valid_from < others.valid_to
            and others.valid_from < resolved.valid_to
            and (others.file < resolved.file or (others.file = resolved.file and others.line < resolved.line))
        group by resolved.place
    ),

    -- The last version that was in force on a day of the line.
    last_versions as (
        select resolved.place, max_by(versions.agreement_version, versions.valid_from) as agreement_version
        from resolved
        cross join versions
        cross join as_of
        where
            versions.valid_from <= as_of.as_of
            and versions.effective_from < resolved.valid_to
            and coalesce(versions.effective_to, date '9999-12-31') >= resolved.valid_from
        group by resolved.place
    )

select
    resolved.place,
    resolved.owner_id,
    resolved.calendar,
    resolved.valid_from,
    resolved.valid_to,
    resolved.owner_id is not null and clashes.place is null as is_used,
    case
        when resolved.is_automatic
        then 'a queue has no working hours; remove the calendar'
        when resolved.owner_id is null
        then 'no record has this owner; write as alias the id, e-mail or name that a system has for them'
        when clashes.place is not null
        then
            'the owner has another calendar on some of these days in '
            || clashes.other_place
            || '; write the same, or correct the days'
        when last_versions.agreement_version is not null and calendars.calendar is null
        then
            'calendar '
            || resolved.calendar
            || ' is not in version '
            || last_versions.agreement_version
            || ' of the agreement, whose clocks use the calendar of the commitment instead; write one of its '
            || 'calendars, or the day on which the line ends'
    end as fault
from resolved
left join clashes on resolved.place = clashes.place
left join last_versions on resolved.place = last_versions.place
left join
    calendars
    on last_versions.agreement_version = calendars.agreement_version
    and resolved.calendar = calendars.calendar
