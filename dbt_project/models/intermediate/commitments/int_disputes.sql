-- Which lead each dispute is about, and what is wrong with it. A row with a fault counts for nothing.
with
    register as (select * from {{ ref("stg_reference__disputes") }}),

    links as (select * from {{ ref("int_record_persons") }}),

    leads as (select * from {{ ref("int_delivered_leads") }}),

    build as (select {{ local_date("as_of") }} as as_of_date from {{ ref("int_as_of") }}),

    -- What is written later than the as-of is not known yet: neither a dispute nor its decision.
    known as (
        select
            register.*,
            links.person_id,
            coalesce(register.decided_date > build.as_of_date, false) as is_decided_later
        from register
        cross join build
        left join links on register.record_id = links.record_id
        where register.opened_date <= build.as_of_date
    ),

    -- What marketing last handed over of the person until that day.
    handed_over as (
        select known.place, leads.journey_id
        from known
        inner join leads on known.person_id = leads.person_id and leads.handed_over_date <= known.opened_date
        qualify
            row_number() over (
                partition by known.place order by leads.handed_over_at desc, leads.journey_id desc
            )
            = 1
    ),

    checked as (
        select
            known.file,
            known.line,
            known.place,
            known.person_id,
            handed_over.journey_id,
            known.opened_date,
            case when not known.is_decided_later then known.decided_date end as decided_date,
            case when not known.is_decided_later then known.decision end as decision,
            case
                when known.person_id is null
                then 'lead names nobody whom the data know; write its id as pages show it, <system>:<id>'
                when handed_over.journey_id is null
                then
                    'the lead was not handed over until opened_on, so nothing is in dispute; correct lead or '
                    || 'opened_on, or remove the row'
                when known.is_decided_later
                then null
                when
                    (known.decision is null) <> (known.decided_date is null)
                    or (known.decision is null) = known.has_decider
                then
                    'decision, decided_on and decided_by belong together; fill in all three, or none while the '
                    || 'dispute is open'
                when known.decided_date < known.opened_date
                then
                    'decided_on '
                    || cast(known.decided_date as string)
                    || ' is before opened_on '
                    || cast(known.opened_date as string)
                    || '; correct one of the two'
                when known.is_decided_by_opener
                then 'decided_by is who opened the dispute; somebody else decides it'
            end as fault
        from known
        left join handed_over on known.place = handed_over.place
    ),

    open_before as (
        select
            place,
            max(coalesce(decided_date, date '9999-12-31')) over (
                partition by journey_id
                order by opened_date, file, line
                rows between unbounded preceding and 1 preceding
            ) as open_until_date
        from checked
        where fault is null
    )

select
    checked.place,
    checked.person_id,
    checked.journey_id,
    checked.opened_date,
    checked.decided_date,
    checked.decision,
    case
        when open_before.open_until_date > checked.opened_date
        then
            'a dispute about the same lead, in another row, was open on that day; decide that one first, or '
            || 'remove one of the two'
        else checked.fault
    end as fault
from checked
left join open_before on checked.place = open_before.place
