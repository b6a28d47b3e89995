-- What each guard looks for, with the share that each version of the agreement tolerates. The first version
-- covers what happened before it, the last one what came after it: a fact that no version covers is guarded
-- too.
with
    settings as (select * from {{ source("agreement", "guards") }}),

    versions as (select * from {{ ref("stg_agreement__versions") }}),

    definitions as (
        select *
        from
            (
                values
                    ('known_stage_labels', 'stages', 'no stage label that stage_labels does not know'),
                    (
                        'known_activity_labels',
                        'commitments',
                        'no activity that activity_labels does not know'
                    ),
                    (
                        'known_activity_outcomes',
                        'commitments',
                        'no call, e-mail or meeting whose outcome has no class in activity_labels'
                    ),
                    ('currency_rates', 'company.currency', 'no amount without a rate in currency_rates'),
                    ('forward_clocks', 'commitments', 'no first contact before the start of its clock'),
                    ('unknown_source', 'guards.unknown_source', 'no lead whose source nobody knows'),
                    ('agreed_lead_types', 'revenue_streams', 'no lead without an agreed lead type'),
                    ('known_sources', 'guards.known_sources', 'no source that channel_rules does not know'),
                    ('version_in_force', 'effective_from', 'no journey that begins under no version'),
                    ('mql_evidence', 'stages.mql.criteria', 'no MQL without the agreed evidence'),
                    ('sql_acceptance', 'stages.sql.criteria', 'no SQL without acceptance or its exception'),
                    ('stage_evidence', 'stages', 'no other stage without the evidence that it asks for'),
                    ('opportunity_streams', 'revenue_streams', 'no opportunity without an agreed stream')
            ) as definitions(guard, clause, definition)
    ),

    spans as (
        select
            agreement_version,
            case
                when row_number() over (order by valid_from) = 1
                then timestamp '0001-01-01 00:00:00'
                else valid_from
            end as guarded_from,
            coalesce(
                lead(valid_from) over (order by valid_from), timestamp '9999-12-31 00:00:00'
            ) as guarded_to
        from versions
    )

select
    settings.guard,
    settings.agreement_version,
    definitions.clause,
    definitions.definition,
    settings.at_most_rate,
    settings.is_blocking,
    spans.guarded_from,
    spans.guarded_to
from settings
inner join spans on settings.agreement_version = spans.agreement_version
left join definitions on settings.guard = definitions.guard
