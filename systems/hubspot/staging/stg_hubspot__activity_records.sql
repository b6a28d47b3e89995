{%- set columns = {
    "record_id": "string",
    "activity_type": "string",
    "activity_date": "timestamp",
    "create_date": "timestamp",
    "start_time": "timestamp",
    "end_time": "timestamp",
    "due_date": "timestamp",
    "completion_date": "timestamp",
    "call_direction": "string",
    "call_outcome": "string",
    "call_status": "string",
    "call_duration": "string",
    "email_direction": "string",
    "email_status": "string",
    "subject": "string",
    "sequence_id": "string",
    "meeting_outcome": "string",
    "calendar_uid": "string",
    "task_status": "string",
    "assigned_to": "string",
    "associated_contact_ids": "string",
    "associated_contact": "string",
    "associated_deal_ids": "string",
    "is_deleted": "boolean",
    "_time_zone": "string",
} -%}
{%- set missing = {
    "call": ["start_time", "end_time", "due_date", "completion_date"],
    "email": ["start_time", "end_time", "due_date", "completion_date"],
    "meeting": ["activity_date", "due_date", "completion_date"],
    "note": ["start_time", "end_time", "due_date", "completion_date"],
    "task": ["activity_date", "start_time", "end_time"],
} -%}
{%- set of_one_kind = {
    "call_direction": "call",
    "call_outcome": "call",
    "call_status": "call",
    "call_duration": "call",
    "email_direction": "email",
    "email_status": "email",
    "subject": "email",
    "sequence_id": "email",
    "meeting_outcome": "meeting",
    "calendar_uid": "meeting",
    "task_status": "task",
    "activity_type": "none",
} -%}

with
    {%- for kind in missing %} {{ kind }}s as ({{ current_rows("hubspot", kind ~ "s") }}), {%- endfor %}

    activities as ({{ current_rows("hubspot", "activities") }}),

    -- An export of one kind has more columns than one of all kinds, which is the second source of an
    -- activity.
    records as (
        {%- for kind in missing %}
            select
                '{{ kind }}' as kind,
                {%- for column, type in columns.items() %}
                    {%- if column in missing[kind] or of_one_kind.get(column, kind) != kind %}
                        cast(null as {{ type }}) as {{ column }},
                    {%- else %} {{ column }},
                    {%- endif %}
                {%- endfor %}
                1 as place,
                _load_number,
                _line
            from {{ kind }}s
            union all
        {%- endfor %}
        select
            lower({{ hubspot_label("activity_type", "activity_type") }}) as kind,
            {{ columns | join(", ") }},
            2 as place,
            _load_number,
            _line
        from activities
    ),

    owner_names as (select * from {{ ref("stg_hubspot__owner_names") }}),

    -- Without an id, kind, instant and owner are what an activity is known by; two of them in one file are
    -- two.
    numbered as (
        select
            records.*,
            coalesce(owner_names.owner_record_id, records.assigned_to, '') as owner_record_id,
            {{
                export_utc(
                    "case when kind = 'task' then coalesce(due_date, activity_date) else"
                    ~ " coalesce(activity_date, start_time) end",
                    "hubspot",
                    "records",
                )
            }} as instant,
            row_number() over (
                partition by
                    records.place,
                    records._load_number,
                    records.kind,
                    records.record_id,
                    records.activity_date,
                    records.assigned_to
                order by records.associated_contact_ids, records.associated_contact, records._line
            ) as number_of_kind
        from records
        left join owner_names on records.assigned_to = owner_names.owner_name
    ),

    -- Of these an export with ids has some, or all, too.
    with_ids as (
        select kind, instant, owner_record_id, count(distinct record_id) as records
        from numbered
        where record_id is not null
        group by kind, instant, owner_record_id
    ),

    identified as (
        select
            numbered.*,
            coalesce(
                numbered.record_id,
                cast(numbered.activity_date as string)
                || ':'
                || coalesce(numbered.assigned_to, '')
                || ':'
                || cast(numbered.number_of_kind as string)
            ) as activity_id
        from numbered
        left join
            with_ids
            on numbered.kind = with_ids.kind
            and numbered.instant = with_ids.instant
            and numbered.owner_record_id = with_ids.owner_record_id
        where
            numbered.record_id is not null
            or with_ids.records is null
            or numbered.number_of_kind > with_ids.records
    )

-- The same activity in an export of its kind and in one of all kinds, or in two loads of the latter.
select {{ columns | reject("equalto", "record_id") | join(", ") }}, kind, activity_id as record_id
from identified
qualify row_number() over (partition by kind, activity_id order by place, _load_number desc, _line desc) = 1
