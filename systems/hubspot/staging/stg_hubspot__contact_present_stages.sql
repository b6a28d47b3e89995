-- What a contact's fields contain today and no date explains. A word that stage_labels does not have may be a
-- stage or none: it is asked about, and begins no lead. The field lead status is one of stages only where
-- stage_labels has any of its words. A customer by a date who is at an earlier stage today was set back.
with
    contacts as (select * from {{ ref("stg_hubspot__contacts") }}),

    persons as (select * from {{ ref("stg_hubspot__persons") }}),

    stage_entries as (select * from {{ ref("stg_hubspot__contact_stage_entries") }}),

    stage_labels as (
        select
            {{ folded_word("labels.stage_label") }} as stage_label,
            max(stages.stage_rank) as stage_rank,
            max(stages.stage) is not null as is_stage
        from {{ ref("stg_reference__stage_labels") }} as labels
        left join {{ ref("known_stages") }} as stages on labels.stage = stages.stage
        where labels.system = 'hubspot'
        group by 1
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
            stage_labels.stage_rank,
            coalesce(stage_labels.is_stage, false) as is_stage,
            stage_labels.stage_label is null
            and (
                written.changed_field = 'lifecycle stage'
                or exists (select 1 from stage_labels where stage_label like 'leadstatus:%' and is_stage)
            ) as is_unexplained
        from written
        inner join labels on written.changed_field = labels.changed_field and written.stage = labels.stage
        left join stage_labels on {{ folded_word("labels.stage_label") }} = stage_labels.stage_label
    ),

    highest as (
        select
            stage_entries.person_record_id,
            stage_entries.changed_field,
            max(stage_labels.stage_rank) as stage_rank
        from stage_entries
        inner join stage_labels on {{ folded_word("stage_entries.stage_label") }} = stage_labels.stage_label
        group by stage_entries.person_record_id, stage_entries.changed_field
    ),

    dated_persons as (select distinct person_record_id from stage_entries where entered_after_at is null),

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
        left join
            highest
            on present.record_id = highest.person_record_id
            and present.changed_field = highest.changed_field
        where
            (present.is_stage or present.is_unexplained)
            and began.person_record_id is null
            and (
                dated_stages.person_record_id is null
                or (
                    present.stage_rank > 0
                    and present.stage_rank < highest.stage_rank
                    and highest.stage_rank = (select max(stage_rank) from {{ ref("known_stages") }})
                )
            )
    )

select *
from began
union all
select *
from undated
