{#-
    Rows of activity_record_id, person_record_id, activity_label and happened_at as activities of a recipient of mails towards
    the company, such as an opt-out: with no rep and no deal.
-#}
{% macro recipient_activities(rows) -%}
    select
        activity_record_id,
        person_record_id,
        cast(null as string) as opportunity_record_id,
        cast(null as string) as owner_record_id,
        activity_label,
        true as is_inbound,
        happened_at,
        cast(null as timestamp) as logged_at,
        cast(null as timestamp) as due_at,
        cast(null as string) as outcome_label,
        cast(null as double) as duration_minutes,
        cast(null as string) as event_key,
        false as is_automatic
    from {{ rows }}
{%- endmacro %}
