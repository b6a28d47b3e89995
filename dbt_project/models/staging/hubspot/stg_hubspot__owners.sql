with users as ({{ current_rows("hubspot", "users") }})

select
    user_id as owner_record_id,
    coalesce(nullif(trim(concat(first_name, ' ', last_name)), ''), user_id) as owner_name,
    teams as team_label,
    false as is_automatic
from users
