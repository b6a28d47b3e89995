-- Users and queues. Queues are in an export of their own that is seldom made: an owner that is one is
-- known by its id.
with
    users as ({{ salesforce_records("users") }}),

    user_roles as ({{ salesforce_records("user_roles") }}),

    groups as ({{ salesforce_records("groups") }}),

    leads as (select * from {{ source("salesforce", "leads") }}),

    lead_history as (select * from {{ source("salesforce", "lead_history") }} where lower(field) = 'owner'),

    tasks as (select * from {{ source("salesforce", "tasks") }}),

    owner_ids as (
        select owner_id
        from leads
        union all
        select old_value as owner_id
        from lead_history
        union all
        select new_value as owner_id
        from lead_history
        union all
        select owner_id
        from tasks
    ),

    queues as (
        select distinct {{ salesforce_id("owner_id") }} as owner_record_id
        from owner_ids
        where {{ salesforce_id("owner_id") }} like '00G%'
    )

select
    users.record_id as owner_record_id,
    coalesce(
        users.user_name,
        nullif({{ trimmed("concat_ws(' ', users.first_name, users.last_name)") }}, ''),
        users.record_id
    ) as owner_name,
    users.email as owner_email,
    coalesce(user_roles.role_name, users.department) as team_label,
    coalesce(users.user_type in ('AutomatedProcess', 'CloudIntegrationUser'), false) as is_automatic
from users
left join user_roles on {{ salesforce_id("users.user_role_id") }} = user_roles.record_id
union all
select
    queues.owner_record_id,
    coalesce(groups.group_name, queues.owner_record_id) as owner_name,
    cast(null as string) as owner_email,
    cast(null as string) as team_label,
    true as is_automatic
from queues
left join groups on queues.owner_record_id = groups.record_id
