{%- set fits -%}
    case conditions.attribute
        when 'lead_type'
        then journeys.lead_type = conditions.value
        when 'revenue_stream'
        then journeys.revenue_stream = conditions.value
        when 'source'
        then lower({{ trimmed("journeys.channel") }}) = conditions.value
        when 'persona'
        then journeys.persona = conditions.value
        when 'grade'
        then scores_then.grade = conditions.value
        when 'score_at_least'
        then scores_then.score >= conditions.at_least
    end
{%- endset %}

-- The first tier that a lead fits, by all conditions of it. What is unknown fits no condition, so that such a
-- lead is in the last tier, which has none. The score is that of the start, or of the end of its day where it
-- has no time; what came later changes nothing.
with
    versions as (select * from {{ ref("stg_agreement__versions") }}),

    tiers as (select * from {{ source("agreement", "commitments") }} where tier_number is not null),

    conditions as (select * from {{ source("agreement", "commitment_conditions") }}),

    starts as (select * from {{ ref("int_clock_starts") }}),

    journeys as (select * from {{ ref("int_journeys") }}),

    scores as (select * from {{ ref("int_person_scores") }}),

    offered as (
        select
            starts.journey_id,
            starts.clock_start,
            {{ latest_of("starts.started_at") }} as scored_until_at,
            tiers.agreement_version,
            tiers.commitment,
            tiers.tier_number,
            tiers.tier_conditions,
            starts.clock_start = tiers.clock_start as is_agreed
        from starts
        inner join versions on {{ in_force_at("versions", "starts.started_at") }}
        inner join tiers on versions.agreement_version = tiers.agreement_version
    ),

    tiered_starts as (select distinct journey_id, clock_start, scored_until_at from offered),

    scores_then as (
        select
            tiered_starts.journey_id,
            tiered_starts.clock_start,
            max_by(scores.score, scores.scored_at) as score,
            max_by(scores.grade, scores.scored_at) as grade
        from tiered_starts
        inner join journeys on tiered_starts.journey_id = journeys.journey_id
        inner join
            scores
            on journeys.person_id = scores.person_id
            and scores.scored_at <= tiered_starts.scored_until_at
        group by tiered_starts.journey_id, tiered_starts.clock_start
    ),

    fitting as (
        select
            offered.journey_id,
            offered.clock_start,
            offered.agreement_version,
            offered.commitment,
            offered.tier_number,
            offered.is_agreed
        from offered
        inner join journeys on offered.journey_id = journeys.journey_id
        left join
            scores_then
            on offered.journey_id = scores_then.journey_id
            and offered.clock_start = scores_then.clock_start
        left join
            conditions
            on offered.agreement_version = conditions.agreement_version
            and offered.commitment = conditions.commitment
            and offered.tier_number = conditions.tier_number
        group by
            offered.journey_id,
            offered.clock_start,
            offered.agreement_version,
            offered.commitment,
            offered.tier_number,
            offered.tier_conditions,
            offered.is_agreed
        having count(distinct case when {{ fits }} then conditions.attribute end) = offered.tier_conditions
    ),

    first_fitting as (
        select
            journey_id, clock_start, agreement_version, commitment, is_agreed, min(tier_number) as tier_number
        from fitting
        group by journey_id, clock_start, agreement_version, commitment, is_agreed
    )

select
    journey_id,
    clock_start,
    commitment,
    -- Starts are compared for the same leads: the tier at the agreed start is that of the others, too.
    coalesce(
        max(case when is_agreed then tier_number end) over (
            partition by journey_id, agreement_version, commitment
        ),
        tier_number
    ) as tier_number
from first_fitting
