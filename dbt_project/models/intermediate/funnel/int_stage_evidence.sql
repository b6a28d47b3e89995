-- Only entries by a label or a rule: an inferred one has no instant of its own to be evaluated at, and proves
-- nothing for a later stage. A rule has read the score itself; a label has to show it.
{{ config(materialized="table") }}

with
    entries as (
        select entries.*, least({{ latest_of("entries.entered_at") }}, as_of.as_of) as latest_at
        from {{ ref("int_stage_entries") }} as entries
        cross join {{ ref("int_as_of") }} as as_of
        where not entries.is_left_again
    ),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    criteria as (select * from {{ source("agreement", "stages") }} where has_criteria),

    evidence as (select * from {{ source("agreement", "stage_evidence") }}),

    journeys as (select * from {{ ref("int_journeys") }}),

    scores as (select * from {{ ref("int_person_scores") }}),

    asked as (
        select
            entries.stage_entry_id,
            versions.agreement_version,
            entries.stage,
            entries.journey_id,
            entries.person_id,
            coalesce(entries.owner_id, journeys.owner_id) as owner_id,
            entries.entered_at,
            entries.latest_at,
            entries.entry_source,
            journeys.lead_type,
            criteria.score_at_least,
            scores.score,
            scores.grade
        from entries
        inner join versions on {{ in_force_at("versions", "entries.entered_at") }}
        inner join
            criteria
            on versions.agreement_version = criteria.agreement_version
            and entries.stage = criteria.stage
        inner join journeys on entries.journey_id = journeys.journey_id
        -- int_scoring_timestamps has the instant of every label.
        left join
            scores
            on entries.person_id = scores.person_id
            and versions.agreement_version = scores.agreement_version
            and entries.latest_at = scores.scored_at
    ),

    found as (
        select
            asked.stage_entry_id,
            case when evidence.evidence = 'except_lead_type' then 'after' else evidence.evidence end as proves
        from asked
        inner join
            evidence on asked.agreement_version = evidence.agreement_version and asked.stage = evidence.stage
        left join
            entries as earlier
            on asked.journey_id = earlier.journey_id
            and case when evidence.evidence = 'after' then evidence.value end = earlier.stage
            and asked.latest_at >= earlier.entered_at
        where
            earlier.stage_entry_id is not null
            or (evidence.evidence = 'grade' and evidence.value = asked.grade)
            or (evidence.evidence = 'except_lead_type' and evidence.value = asked.lead_type)
        group by all
    ),

    listed as (
        select
            agreement_version,
            stage,
            evidence,
            {{ dbt.listagg("value", "' or '", "order by value") }} as asked_values
        from evidence
        where evidence in ('after', 'grade')
        group by agreement_version, stage, evidence
    ),

    gaps as (
        select
            stage_entry_id,
            'stages.' || stage || '.criteria.score_at_least' as clause,
            -- Rounded down, so that what is too little also looks too little.
            'the score was '
            || coalesce(cast(cast(floor(score * 10) / 10 as decimal(9, 1)) as string), 'unknown')
            || ', and '
            || cast(cast(score_at_least as decimal(9, 1)) as string)
            || ' is asked' as gap
        from asked
        where entry_source = 'label' and coalesce(score, 0) < score_at_least
        union all
        select
            asked.stage_entry_id,
            'stages.'
            || asked.stage
            || '.criteria.'
            || case listed.evidence when 'after' then 'after' else 'grades' end as clause,
            case
                listed.evidence
                when 'after'
                then 'no ' || listed.asked_values || ' came before it'
                else
                    'the grade was '
                    || coalesce(asked.grade, 'unknown')
                    || ', and '
                    || listed.asked_values
                    || ' is asked'
            end as gap
        from asked
        inner join listed on asked.agreement_version = listed.agreement_version and asked.stage = listed.stage
        left join found on asked.stage_entry_id = found.stage_entry_id and listed.evidence = found.proves
        where found.stage_entry_id is null and (listed.evidence = 'after' or asked.entry_source = 'label')
    ),

    missing as (
        select
            stage_entry_id,
            {{ dbt.listagg("clause", "', '", "order by clause") }} as missing_clause,
            {{ dbt.listagg("gap", "'; '", "order by clause") }} as missing
        from gaps
        group by stage_entry_id
    )

select
    asked.stage_entry_id,
    asked.agreement_version,
    asked.stage,
    asked.journey_id,
    asked.person_id,
    asked.owner_id,
    asked.entered_at,
    asked.score,
    asked.grade,
    missing.stage_entry_id is null as has_evidence,
    missing.missing_clause,
    missing.missing
from asked
left join missing on asked.stage_entry_id = missing.stage_entry_id
