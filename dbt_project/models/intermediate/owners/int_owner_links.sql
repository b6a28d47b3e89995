{%- set best_first -%}
    order by
        case when is_listed and owner_email is not null then 0 when is_listed then 1 else 2 end,
        {{ system_place("system") }}, system, is_plain desc, owner_record_id
{%- endset -%}

-- First by e-mail and by the company's own list; then by name, within the system and from systems that have
-- no list of owners. A name that may mean two owners ties nobody.
with
    records as (select * from {{ ref("int_owner_records") }}),

    -- A name given for one record applies to all with its e-mail, unless two names are given.
    named as (
        select
            *,
            coalesce(
                reference_name,
                case
                    when
                        min(reference_name) over (partition by email_group)
                        = max(reference_name) over (partition by email_group)
                    then min(reference_name) over (partition by email_group)
                end
            ) as given_name
        from records
    ),

    grouped as (
        select
            *,
            coalesce({{ name_key("given_name") }}, name_key) as shown_key,
            case when given_name is null then email_group else 'named:' || given_name end as own_group
        from named
    ),

    -- The owners that a name can mean: those with this written name, and those with this shown name.
    in_systems as (
        select system, known_key, count(distinct own_group) as owners, min(own_group) as only_group
        from
            (
                {%- for key in ["name_key", "shown_key"] %}
                    select system, {{ key }} as known_key, own_group
                    from grouped
                    where not is_by_name {{ "union all" if not loop.last }}
                {%- endfor %}
            ) as names
        group by system, known_key
    ),

    in_own_system as (
        select
            grouped.*,
            in_systems.owners as owners_in_system,
            case
                when grouped.is_by_name and in_systems.owners = 1
                then in_systems.only_group
                when grouped.is_by_name and grouped.given_name is null
                then grouped.system || ':name:' || grouped.shown_key
                else grouped.own_group
            end as system_group
        from grouped
        left join
            in_systems on grouped.system = in_systems.system and grouped.shown_key = in_systems.known_key
    ),

    anywhere as (
        select known_key, count(distinct system_group) as owners, min(system_group) as only_group
        from
            (
                {%- for key in ["name_key", "shown_key"] %}
                    select {{ key }} as known_key, system_group
                    from in_own_system
                    where not is_without_list and not is_automatic {{ "union all" if not loop.last }}
                {%- endfor %}
            ) as names
        group by known_key
    ),

    -- A name with a digit may be an id, and one id in two systems does not identify an owner.
    sought as (
        select
            in_own_system.*,
            anywhere.owners as owners_anywhere,
            anywhere.only_group,
            in_own_system.is_by_name
            and in_own_system.owners_in_system is null
            and (in_own_system.is_without_list or in_own_system.given_name is not null)
            and not {{ holds_digit("in_own_system.shown_key") }} as is_sought_anywhere
        from in_own_system
        left join anywhere on in_own_system.shown_key = anywhere.known_key
    ),

    found as (
        select
            *,
            case
                when is_sought_anywhere and owners_anywhere = 1
                then only_group
                when is_sought_anywhere and owners_anywhere is null and given_name is null
                then 'name:' || shown_key
                else system_group
            end as owner_group,
            is_by_name
            and given_name is null
            and (owners_in_system > 1 or (is_sought_anywhere and owners_anywhere > 1)) as is_ambiguous
        from sought
    )

select
    system,
    owner_record_id,
    {{ global_id("system", "published_record_id") }} as record_id,
    first_value({{ global_id("system", "published_record_id") }}) over (
        partition by owner_group {{ best_first }}
    ) as owner_id,
    row_number() over (partition by owner_group {{ best_first }}) = 1 as is_first_record,
    case
        when given_name is not null
        then 'owners_file'
        when is_ambiguous
        then 'ambiguous_name'
        when count(*) over (partition by owner_group) = 1
        then 'own_record'
        when is_by_name
        then 'name'
        when count(*) over (partition by owner_group, email_group) > 1
        then 'email'
        else 'own_record'
    end as rule,
    coalesce(given_name, owner_name) as owner_name,
    given_name,
    owner_email,
    team_label,
    first_value(is_automatic) over (partition by owner_group {{ best_first }}) as is_automatic,
    is_listed
from found
