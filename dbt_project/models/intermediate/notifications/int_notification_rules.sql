-- Which events are notified is defined by the version of today, whichever evaluates the event: notifications
-- are sent today.
with
    versions as (select * from {{ version_of_today() }} as version_of_today),

    notifications as (select * from {{ source("agreement", "notifications") }}),

    as_of as (select * from {{ ref("int_as_of") }})

select
    notifications.agreement_version,
    notifications.event,
    notifications.after_due_minutes,
    {{
        from_microseconds(
            to_microseconds("as_of.as_of")
            ~ " - cast(notifications.notify_within_minutes as bigint) * 60000000"
        )
    }} as notify_from_at,
    as_of.as_of as notify_until_at,
    cast(
        {{
            dbt.dateadd(
                "day",
                "- ("
                ~ iso_weekday(local_date("as_of.as_of"))
                ~ " - notifications.digest_iso_weekday + 7) % 7",
                local_date("as_of.as_of"),
            )
        }} as date
    ) as digest_date
from versions
inner join notifications on versions.agreement_version = notifications.agreement_version
cross join as_of
