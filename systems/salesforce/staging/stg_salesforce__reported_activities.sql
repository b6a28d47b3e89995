-- Of a report: what is not done is open, whatever its date; a name that two records have is nobody.
with
    report_rows as (
        select
            *,
            coalesce(
                {{ salesforce_id("id") }},
                'report:'
                || cast(activity_date as string)
                || ':'
                || coalesce(owner_name, '')
                || ':'
                || cast(
                    row_number() over (
                        partition by _load_id, id, activity_date, owner_name
                        order by contact_name, lead_name, subject, _line
                    ) as string
                )
            ) as record_id
        from {{ source("salesforce", "activities_report") }}
    ),

    reported as (
        select *
        from report_rows
        qualify row_number() over (partition by record_id order by _load_number desc, _line desc) = 1
    ),

    persons as (select * from {{ ref("stg_salesforce__persons") }}),

    owner_names as (select * from {{ ref("stg_salesforce__owner_names") }}),

    -- A lead that was converted is there twice under one name and e-mail, and is one person.
    addresses as (
        select {{ normalised_email("email") }} as email, min(person_record_id) as person_record_id
        from persons
        group by {{ normalised_email("email") }}
    ),

    names as (
        select
            lower({{ trimmed("full_name") }}) as person_name,
            case
                when person_record_id like '00Q%' or person_record_id like 'lead:%' then 'lead' else 'contact'
            end as kind,
            min(person_record_id) as person_record_id
        from persons
        where deleted_at is null
        group by 1, 2
        having count(*) = 1
    ),

    contact_names as (select * from names where kind = 'contact'),

    lead_names as (select * from names where kind = 'lead'),

    named as (
        select
            reported.*,
            coalesce(
                {{ salesforce_id("reported.contact_id") }},
                {{ salesforce_id("reported.lead_id") }},
                addresses.person_record_id,
                contacts.person_record_id,
                leads.person_record_id,
                -- Whom a name means that nobody or several have is not the person of the deal.
                case
                    when
                        reported.opportunity_id is not null
                        and coalesce(reported.email, reported.contact_name, reported.lead_name) is not null
                    then 'named:' || reported.record_id
                end
            ) as person_record_id,
            coalesce(owner_names.owner_record_id, reported.owner_name) as owner_record_id,
            coalesce(reported.is_task, reported.status is not null, false) as is_a_task,
            {{ is_to_many("reported.subject") }} as is_to_many,
            coalesce(
                {{ system_word("salesforce", "task_status", "reported.status") }} = 'Completed', false
            ) as is_done
        from reported
        left join owner_names on reported.owner_name = owner_names.owner_name
        left join addresses on {{ normalised_email("reported.email") }} = addresses.email
        left join
            contact_names as contacts on lower({{ trimmed("reported.contact_name") }}) = contacts.person_name
        left join
            lead_names as leads
            on lower({{ trimmed("coalesce(reported.lead_name, reported.contact_name)") }}) = leads.person_name
    )

select
    record_id as activity_record_id,
    person_record_id,
    {{ salesforce_id("opportunity_id") }} as opportunity_record_id,
    owner_record_id,
    case
        when is_a_task and not is_done
        then 'Task open'
        when is_a_task and is_to_many
        then 'ListEmail'
        when type is not null
        then type
        when is_a_task and (lower(subject) like 'call%' or call_type is not null)
        then 'Call'
        when is_a_task and (lower(subject) like 'email:%' or lower(subject) = 'email')
        then 'Email'
        when is_a_task
        then 'Task'
        else 'Meeting'
    end as activity_label,
    coalesce(lower(call_type) = 'inbound', false) as is_inbound,
    -- A call or e-mail that is logged happened when it was; the date of another task is when it was due.
    case
        when is_a_task
        then
            coalesce(
                {{ salesforce_utc("created_date", "named") }}, {{ salesforce_utc("activity_date", "named") }}
            )
        else {{ salesforce_utc("activity_date", "named") }}
    end as happened_at,
    {{ salesforce_utc("created_date", "named") }} as logged_at,
    case when is_a_task then {{ salesforce_utc("activity_date", "named") }} end as due_at,
    coalesce(call_result, status) as outcome_label,
    call_duration_in_seconds / 60 as duration_minutes,
    cast(null as string) as event_key,
    coalesce(is_a_task and is_to_many, false) as is_automatic
from named
