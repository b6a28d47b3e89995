{%- set names = ["owner", "cover"] -%}

-- Whom each absence means, and what is wrong with it. A row with a fault counts for nothing.
with
    absences as (select * from {{ ref("stg_reference__absences") }}),

    links as (select * from {{ ref("int_owner_links") }}),

    labels as (
        select owner_label as label
        from absences
        union
        select cover_label as label
        from absences
        where cover_label is not null
    ),

    -- An id is more precise than an e-mail, an e-mail than a name.
    matches as (
        select labels.label, links.owner_id, links.is_automatic
        from labels
        inner join
            links
            on labels.label = links.owner_record_id
            or links.owner_email = {{ normalised_email("labels.label") }}
            or {{ name_key("labels.label") }} = {{ name_key("links.owner_name") }}
        qualify
            dense_rank() over (
                partition by labels.label
                order by
                    case
                        when labels.label = links.owner_record_id
                        then 1
                        when links.owner_email = {{ normalised_email("labels.label") }}
                        then 2
                        else 3
                    end
            )
            = 1
    ),

    found as (
        select
            label,
            count(distinct owner_id) as owners,
            min(owner_id) as owner_id,
            bool_or(is_automatic) as is_automatic
        from matches
        group by label
    ),

    resolved as (
        select
            absences.*
            {%- for name in names %}
                ,
                case
                    when {{ name }}_found.owners = 1 and not {{ name }}_found.is_automatic
                    then {{ name }}_found.owner_id
                end as {{ name }}_id,
                case
                    when absences.{{ name }}_label is null
                    then null
                    when {{ name }}_found.label is null
                    then
                        'names nobody whom the data know as an owner; write the name, e-mail or id that they have'
                    when {{ name }}_found.owners > 1
                    then 'may mean two owners; write the e-mail or the id'
                    when {{ name }}_found.is_automatic
                    then 'names a queue; write a person'
                end as {{ name }}_fault
            {%- endfor %}
        from absences
        {%- for name in names %}
            left join found as {{ name }}_found on absences.{{ name }}_label = {{ name }}_found.label
        {%- endfor %}
    ),

    people as (
        select *, owner_id as person_id, true as is_owner
        from resolved
        union all
        select *, cover_id as person_id, false as is_owner
        from resolved
    ),

    -- The first other absence of the same days: of the owner in an earlier line, and of who covers for them.
    clashes as (
        select
            people.place,
            min(case when people.is_owner then others.place end) as same_days_place,
            min(case when not people.is_owner then others.place end) as cover_place
        from people
        inner join
            resolved as others
            on people.person_id = others.owner_id
            and people.place <> others.place
            and people.first_date <= others.last_date
            and others.first_date <= people.last_date
            and (
                not people.is_owner
                or others.file < people.file
                or (others.file = people.file and others.line < people.line)
            )
        group by people.place
    )

select
    resolved.place,
    resolved.owner_id,
    resolved.cover_id,
    resolved.first_date,
    resolved.last_date,
    {{ start_of_date("resolved.first_date") }} as absent_from,
    {{ start_of_date(next_day("resolved.last_date")) }} as absent_until,
    case
        when resolved.owner_fault is not null
        then 'owner ' || resolved.owner_fault
        when resolved.last_date < resolved.first_date
        then
            'last_day '
            || cast(resolved.last_date as string)
            || ' is before first_day '
            || cast(resolved.first_date as string)
            || '; correct one of the two'
        when resolved.cover_fault is not null
        then 'covered_by ' || resolved.cover_fault
        when resolved.cover_id = resolved.owner_id
        then 'covered_by names the absent owner; name another one, or nobody'
        when clashes.same_days_place is not null
        then
            'the owner is absent on some of these days in '
            || clashes.same_days_place
            || ' already; correct the days, or remove one row'
        when clashes.cover_place is not null
        then
            'covered_by names somebody who is absent on some of these days, in '
            || clashes.cover_place
            || '; name another one, or write those days as a row of their own'
    end as fault
from resolved
left join clashes on resolved.place = clashes.place
