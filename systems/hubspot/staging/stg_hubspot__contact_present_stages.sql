-- What a contact's fields contain today and no date explains. Of a label that stage_labels does not know
-- nobody
-- knows that it is a stage (Subscriber).
with
    contacts as ({{ current_rows("hubspot", "contacts") }}),

    persons as (select * from {{ ref("stg_hubspot__persons") }}),

    stage_entries as (select * from {{ ref("stg_hubspot__contact_stage_entries") }}),

    stage_labels as (
        select distinct {{ folded_word("stage_label") }} as stage_label
        from {{ ref("stg_reference__stage_labels") }}
        where system = 'hubspot'
    ),

    written as (
        select record_id, 'lifecycle stage' as changed_field, lifecycle_stage as stage
        from contacts
        where lifecycle_stage is not null
        union all
        select record_id, 'lead status' as changed_field, lead_status as stage
        from contacts
        where lead_status is not null
    ),

    -- Each spelling is read once, and not in every row.
    labels as (
        select
            changed_field,
            stage,
            case
                changed_field
                when 'lead status'
                then 'Lead Status: ' || {{ hubspot_label("lead_status", "stage") }}
                else {{ hubspot_label("lifecycle_stage", "stage") }}
            end as stage_label
        from written
        group by changed_field, stage
    ),

    present as (
        select
            written.record_id,
            written.changed_field,
            labels.stage_label,
            stage_labels.stage_label is not null as is_stage
        from written
        inner join labels on written.changed_field = labels.changed_field and written.stage = labels.stage
        left join stage_labels on {{ folded_word("labels.stage_label") }} = stage_labels.stage_label
    ),

    dated_persons as (select distinct person_record_id from stage_entries),

    dated_stages as (select distinct person_record_id, stage_label from stage_entries),

    no_leads as (select record_id from present where changed_field = 'lifecycle stage' and not is_stage),

    -- A lead without any date begins when its record was created.
    began as (
        select
            persons.person_record_id,
            'lifecycle stage' as changed_field,
            'Lead' as stage_label,
            persons.created_at as entered_at
        from persons
        left join dated_persons on persons.person_record_id = dated_persons.person_record_id
        left join no_leads on persons.person_record_id = no_leads.record_id
        where dated_persons.person_record_id is null and no_leads.record_id is null
    ),

    undated as (
        select
            present.record_id as person_record_id,
            present.changed_field,
            present.stage_label,
            cast(null as timestamp) as entered_at
        from present
        left join
            dated_stages
            on present.record_id = dated_stages.person_record_id
            and present.stage_label = dated_stages.stage_label
        left join
            began on present.record_id = began.person_record_id and present.stage_label = began.stage_label
        where present.is_stage and dated_stages.person_record_id is null and began.person_record_id is null
    )

select *
from began
union all
select *
from undated
