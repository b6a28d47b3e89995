-- Without columns of the source its landing page tells it.
with
    rows_of_sessions as ({{ current_rows("web", "sessions") }}),

    sessions as (
        {{
            with_address_source(
                "rows_of_sessions",
                "landing_page",
                [
                    "client_id",
                    "session_id",
                    "started_at",
                    "started_at_micros",
                    "landing_page",
                    "_time_zone",
                ],
            )
        }}
    )

select
    client_id,
    session_id,
    coalesce(
        {{ export_utc("started_at", "web", "sessions") }}, {{ from_microseconds("started_at_micros") }}
    ) as started_at,
    {{ source_medium("sessions") }} as source_label,
    -- A search ad has its keyword, another its creative.
    coalesce(term, content) as source_detail,
    coalesce(campaign, campaign_id) as campaign_label,
    {{ click_system("sessions") }} as click_system,
    {{ page_of("landing_page") }} as content_label
from sessions
