-- The score at the handoff against what became of it. Only journeys that have had the time that
-- nine in ten of the won ones took are evaluated, whatever became of them: young ones that ended are
-- mostly lost, and would bias it.
with
    journeys as (select * from {{ ref("fct_journeys") }}),

    transitions as (
        select * from {{ ref("fct_stage_transitions") }} where not is_inferred and not is_left_again
    ),

    first_stages as (select * from {{ ref("dim_target") }} where step_number = 1),

    scores as (select * from {{ ref("fct_person_scores") }}),

    build as (select * from {{ ref("dim_build") }}),

    entries as (
        select journey_id, stage, min(entered_at) as entered_at from transitions group by journey_id, stage
    ),

    handed_over as (
        select
            journeys.journey_id,
            entries.entered_at,
            scores.score,
            scores.grade,
            journeys.outcome,
            {{ minutes_between("entries.entered_at", "build.as_of") }} / 1440 as days_since,
            {{ minutes_between("entries.entered_at", "journeys.customer_at") }} / 1440 as days_to_customer
        from journeys
        cross join build
        left join
            first_stages
            on journeys.agreement_version = first_stages.agreement_version
            and journeys.revenue_stream = first_stages.revenue_stream
            and journeys.lead_type = first_stages.lead_type
        left join
            entries
            on journeys.journey_id = entries.journey_id
            and coalesce(first_stages.stage, 'mql') = entries.stage
        left join scores on journeys.person_id = scores.person_id and entries.entered_at = scores.scored_at
    ),

    horizon as (select {{ quantile("days_to_customer", 0.9) }} as p90_days from handed_over),

    banded as (
        select
            'score' as banding,
            case
                when entered_at is null
                then '(no handoff)'
                when score is null
                then '(no score)'
                else {{ score_band("score") }}
            end as band,
            handed_over.*
        from handed_over
        union all
        select
            'grade' as banding,
            case
                when entered_at is null then '(no handoff)' when score is null then '(no score)' else grade
            end as band,
            handed_over.*
        from handed_over
    ),

    counted as (
        select
            banded.banding,
            banded.band,
            min(horizon.p90_days) as horizon_days,
            count(*) as journeys,
            count(*) filter (where banded.days_since >= horizon.p90_days) as mature,
            count(*) filter (
                where banded.days_since >= horizon.p90_days and banded.outcome != 'open'
            ) as decided,
            count(*) filter (
                where banded.days_since >= horizon.p90_days and banded.outcome = 'customer'
            ) as won
        from banded
        cross join horizon
        group by banded.banding, banded.band
    ),

    averaged as (
        select
            *,
            case when decided > 0 then won / cast(decided as double) end as win_rate,
            sum(won) over (partition by banding)
            / nullif(cast(sum(decided) over (partition by banding) as double), 0) as average_win_rate
        from counted
    )

select
    banding,
    band,
    horizon_days,
    journeys,
    journeys - mature as censored,
    mature - decided as undecided,
    decided,
    won,
    win_rate,
    case when decided > 0 then {{ wilson_bound("won", "decided", "-") }} end as win_rate_low,
    case when decided > 0 then {{ wilson_bound("won", "decided", "+") }} end as win_rate_high,
    average_win_rate,
    win_rate / nullif(average_win_rate, 0) as lift
from averaged
