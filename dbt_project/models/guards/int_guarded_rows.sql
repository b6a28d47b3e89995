-- Every row that a guard evaluates, with the version whose guard it is: the one in force, else the one that
-- covers the instant; a label, which has no instant, falls under the version of the as-of.
with
    guards as (select * from {{ ref("int_guards") }}),

    as_of as (select * from {{ ref("int_as_of") }}),

    stage_entries as (
        select
            case
                stage when 'mql' then 'mql_evidence' when 'sql' then 'sql_acceptance' else 'stage_evidence'
            end as guard,
            coalesce(missing_clause, 'stages.' || stage || '.criteria') as clause,
            'stage_entry' as record_type,
            stage_entry_id as record_id,
            person_id,
            owner_id,
            agreement_version,
            entered_at as happened_at,
            1 as row_count,
            missing as reason
        from {{ ref("int_stage_evidence") }}
    ),

    evaluated as (
        select *
        from stage_entries
        union all
        select *
        from {{ ref("int_guarded_leads") }}
        union all
        select *
        from {{ ref("int_guarded_opportunities") }}
        union all
        select *
        from {{ ref("int_guarded_amounts") }}
        union all
        select *
        from {{ ref("int_guarded_clocks") }}
        union all
        select *
        from {{ ref("int_guarded_sources") }}
        union all
        select *
        from {{ ref("int_guarded_labels") }}
        union all
        select *
        from {{ ref("int_guarded_exports") }}
        union all
        select *
        from {{ ref("int_guarded_words") }}
        union all
        select *
        from {{ ref("int_guarded_owners") }}
        union all
        select *
        from {{ ref("int_guarded_absences") }}
        union all
        select *
        from {{ ref("int_guarded_disputes") }}
        union all
        select *
        from {{ ref("int_guarded_links") }}
    )

select
    evaluated.guard,
    guards.agreement_version,
    coalesce(evaluated.clause, guards.clause) as clause,
    guards.is_blocking,
    evaluated.record_type,
    evaluated.record_id,
    evaluated.person_id,
    evaluated.owner_id,
    evaluated.happened_at,
    evaluated.row_count,
    evaluated.reason
from evaluated
cross join as_of
inner join
    guards
    on evaluated.guard = guards.guard
    and (
        evaluated.agreement_version = guards.agreement_version
        or (
            evaluated.agreement_version is null
            and coalesce(evaluated.happened_at, as_of.as_of) >= guards.guarded_from
            and coalesce(evaluated.happened_at, as_of.as_of) < guards.guarded_to
        )
    )
