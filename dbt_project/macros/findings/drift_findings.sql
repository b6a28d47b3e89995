{#- The CTE `drifts`: shares that differ from those of the period before by more than chance explains. -#}
{% macro drift_findings() -%}
    not_qualified as (
        select distinct journey_id from reasons where stage = 'rejected' and reason_class = 'definitional'
    ),

    drift_cases as (
        select
            handoffs.handed_over_date as case_date,
            'sales' as team,
            'rejected as not qualified' as subject,
            cast(null as string) as commitment,
            not_qualified.journey_id is not null and handoffs.answer = 'rejected' as is_hit
        from handoffs
        left join not_qualified on handoffs.journey_id = not_qualified.journey_id
        where handoffs.answer is not null
        union all
        select
            clocks.month_date as case_date,
            clocks.team,
            'excused' as subject,
            clocks.commitment,
            clocks.status = 'excused' as is_hit
        from clocks
        cross join build
        where clocks.status in ('kept', 'missed', 'excused') and clocks.settles_at <= build.as_of
        union all
        select
            entered_date as case_date,
            'marketing' as team,
            'leads of unknown origin' as subject,
            cast(null as string) as commitment,
            coalesce(channel, 'Unknown') in ('Unknown', 'Unmapped') as is_hit
        from journeys
    ),

    reviewed_drift as (
        {% call by_review_period("drift_cases", "case_date", "build", "versions") %}
            dated.team, dated.subject, dated.commitment, dated.is_hit
        {% endcall %}
    ),

    drift_counts as (
        select
            {{ review_columns() }},
            team,
            subject,
            commitment,
            count(*) as cases,
            count(*) filter (where is_hit) as hits
        from reviewed_drift
        group by {{ review_columns() }}, team, subject, commitment
        having not {{ is_few("count(*)") }}
    ),

    drift_shares as (
        select
            *,
            {{ wilson_bound("hits", "cases", "-") }} as hit_low,
            {{ wilson_bound("hits", "cases", "+") }} as hit_high
        from drift_counts
    ),

    drift_pairs as (
        select
            drift_shares.*,
            {{ share_of_cases("earlier.hits", "earlier.cases") }} as earlier_rate,
            earlier.hit_low as earlier_low,
            earlier.hit_high as earlier_high
        from drift_shares
        inner join
            drift_shares as earlier
            on drift_shares.review_period = earlier.review_period
            and drift_shares.period_from = earlier.period_to
            and drift_shares.subject = earlier.subject
            and coalesce(drift_shares.commitment, '') = coalesce(earlier.commitment, '')
    ),

    drifts as (
        select
            {{
                finding(
                    "drift",
                    ["subject", "coalesce(commitment, 'all')"],
                    {
                        "result": "case when hit_low > earlier_high then 'more' else 'fewer' end",
                        "team": "team",
                        "commitment": "commitment",
                        "about": "subject",
                        "cases": "cases",
                        "unit": "'share'",
                        "value": share_of_cases("hits", "cases"),
                        "value_low": "hit_low",
                        "value_high": "hit_high",
                        "compared_value": "earlier_rate",
                    },
                )
            }}
        from drift_pairs
        where {{ is_apart("hit_low", "hit_high", "earlier_low", "earlier_high") }}
    )
{%- endmacro %}
