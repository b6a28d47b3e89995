with
    links as (select * from {{ ref("int_owner_links") }}),

    company_words as (select * from {{ ref("stg_reference__owners") }}),

    build as (select * from {{ ref("dim_build") }}),

    -- A row without a day is open: an owner who left has a last day in each of their rows.
    company_owners as (
        select
            company_words.owner_name,
            max(
                case
                    when {{ in_force("company_words", "build.as_of_date") }} then company_words.team_label
                end
            ) as team_label,
            min(coalesce(company_words.valid_from, date '0001-01-01')) as active_from_date,
            max(coalesce(company_words.valid_to, date '9999-12-31')) as active_until_date
        from company_words
        cross join build
        group by company_words.owner_name
    ),

    absences as (
        select absences.owner_id, absences.last_date, absences.cover_id
        from {{ ref("int_absences") }} as absences
        inner join build on absences.first_date <= build.as_of_date and absences.last_date >= build.as_of_date
        where absences.fault is null
    ),

    owners as (
        select
            owner_id,
            max(case when is_first_record then system end) as system,
            count(*) as records,
            count(distinct system) as systems,
            max(case when is_first_record then owner_name end) as owner_name,
            max(given_name) as given_name,
            coalesce(max(case when is_first_record then team_label end), max(team_label)) as team_label,
            max(case when is_automatic then 1 else 0 end) = 1 as is_automatic,
            max(case when is_listed or given_name is not null then 1 else 0 end) = 1 as is_known
        from links
        group by owner_id
    )

select
    owners.owner_id,
    owners.system,
    owners.records,
    owners.systems,
    owners.owner_name,
    coalesce(company_owners.team_label, owners.team_label) as team_label,
    owners.is_automatic,
    owners.is_known,
    nullif(company_owners.active_from_date, date '0001-01-01') as active_from_date,
    nullif(company_owners.active_until_date, date '9999-12-31') as active_until_date,
    absences.last_date as absent_until_date,
    absences.cover_id as cover_owner_id
from owners
left join company_owners on owners.given_name = company_owners.owner_name
left join absences on owners.owner_id = absences.owner_id
