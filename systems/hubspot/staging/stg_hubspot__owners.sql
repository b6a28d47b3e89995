with
    users as ({{ current_rows("hubspot", "users") }}),

    owners as ({{ current_rows("hubspot", "owners") }}),

    teams as ({{ current_rows("hubspot", "teams") }}),

    owner_teams as ({{ current_rows("hubspot", "owner_teams") }}),

    primary_teams as (
        select owner_teams.owner_id, min(teams.team_name) as team_name
        from owner_teams
        inner join teams on owner_teams.team_id = teams.team_id
        where coalesce(owner_teams.is_team_primary, true)
        group by owner_teams.owner_id
    ),

    -- A connector keeps the owner, whose id contacts and deals name, apart from its user.
    all_owners as (
        select owner_id, user_id, first_name, last_name, email, owner_type
        from owners
        union all
        select user_id as owner_id, user_id, first_name, last_name, email, cast(null as string) as owner_type
        from users
        where
            not exists (select 1 from owners where users.user_id = owners.owner_id)
            and not exists (select 1 from owners where users.user_id = owners.user_id)
    )

select
    all_owners.owner_id as owner_record_id,
    coalesce(
        nullif({{ trimmed("concat_ws(' ', all_owners.first_name, all_owners.last_name)") }}, ''),
        all_owners.owner_id
    ) as owner_name,
    coalesce(all_owners.email, users.email) as owner_email,
    coalesce(primary_teams.team_name, users.teams, user_teams.team_name) as team_label,
    coalesce(upper(all_owners.owner_type) = 'QUEUE', false) as is_automatic
from all_owners
left join users on all_owners.user_id = users.user_id
left join primary_teams on all_owners.owner_id = primary_teams.owner_id
left join teams as user_teams on users.primary_team_id = user_teams.team_id
