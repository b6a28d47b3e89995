{#- The target of each team for a month or a fiscal quarter and its result, for every kind of commitment.

    A clock or cadence is the share kept of what fell due; a lead value the share of the target value that was
    delivered, each stream and lead type of a month up to its own target, met within the tolerance and neither met nor
    missed where the whole is over it; a measure its own figure, and one that is agreed per month is in a quarter the
    share of the months kept. In a period that two versions share, the part of each has its own target: what is missed of
    a part is missed, and it is met where every part that can be evaluated is. Lead value is one sum with one target. -#}
{% macro team_compliance(period) -%}
    {%- set within -%}
        {%- if period == "week" -%} 'week' {%- else -%} 'week', 'month', '{{ period }}' {%- endif -%}
    {%- endset -%}
    {#- What is known of a week is what is known of the month in which it ends. -#}
    {%- set coverage_period = "month" if period == "week" else period -%}
    {%- set coverage_date -%}
        {%- if period == "week" -%} {{ last_month_of("'week'", "counted.period_date") }}
        {%- else -%} counted.period_date
        {%- endif -%}
    {%- endset -%}
    {%- set day = "reported.started_date" if period == "week" else "reported.month_date" -%}
    with
        reported as (select * from {{ ref("fct_reported_commitments") }}),

        -- Of a measure the team's own figure, which is not the sum of its owners'.
        measures as (
            select *
            from {{ ref("fct_measures") }}
            where owner_id is null and lead_type is null and period in ({{ within }})
        ),

        versions as (select * from {{ ref("dim_agreement") }}),

        commitments as (select * from {{ ref("dim_commitment") }}),

        build as (select * from {{ ref("dim_build") }}),

        -- What a status is computed from: the share of the rows of which enough is known to be evaluated.
        coverage as (
            select
                {{ period_of(coverage_period, "month_date", "fiscal_year_start_month") }} as period_date,
                team,
                commitment,
                sum(covered_rows) / cast(nullif(sum(row_count), 0) as double) as coverage_rate,
                bool_or(is_unknown) as is_unknown,
                min(case when is_unknown then withheld_reason end) as unknown_reason,
                min(case when is_unknown then null else withheld_reason end) as withheld_reason
            from {{ ref("fct_commitment_coverage") }}
            cross join build
            group by 1, team, commitment
        ),

        -- Not known of a part is not known of the whole.
        deliveries as (
            select
                {{ period_of(period, "month_date", "fiscal_year_start_month") }} as period_date,
                commitment,
                case
                    when count(*) = count(delivered_with_evidence_amount)
                    then cast(sum(cast(delivered_with_evidence_amount as decimal(18, 4))) as double)
                end as amount,
                cast(sum(cast(target_amount as decimal(24, 6))) as double) as target_amount,
                cast(sum(cast(carried_amount as decimal(24, 6))) as double) as carried_amount
            from {{ ref("fct_lead_delivery_daily") }}
            cross join build
            group by 1, commitment
        ),

        dated as (
            select
                reported.*,
                measures.measure,
                measures.unit,
                case when reported.is_settled then reported.actual else measures.actual_low end as actual_low,
                case
                    when reported.is_settled then reported.actual else measures.actual_high
                end as actual_high,
                coalesce(measures.period = '{{ period }}', false) as is_figure,
                versions.tolerance_rate,
                versions.known_share_rate,
                versions.effective_from,
                commitments.credit_rate,
                {{ period_of(period, day, "versions.fiscal_year_start_month") }} as period_date
            from reported
            inner join versions on reported.agreement_version = versions.agreement_version
            left join
                commitments
                on reported.agreement_version = commitments.agreement_version
                and reported.commitment = commitments.commitment
            left join measures on reported.commitment_id = measures.commitment_id
            where
                measures.commitment_id is not null
                {% if period != "week" %} or reported.kind <> 'measure'{% endif %}
        ),

        -- What is over in one stream, lead type or month pays for no other. Added up as decimals: a sum of
        -- binary fractions depends on the order of the rows.
        parts as (
            select
                period_date,
                team,
                commitment,
                sum(cast(actual as decimal(18, 4))) as actual,
                case when count(*) = count(target) then sum(cast(target as decimal(18, 4))) end as target
            from dated
            where kind = 'lead_value'
            group by period_date, team, commitment, month_date, revenue_stream, lead_type
        ),

        -- A stream without an agreed quota leaves the target of all of them unknown.
        lead_values as (
            select
                period_date,
                team,
                commitment,
                cast(sum(actual) as double) as actual_amount,
                case when count(*) = count(target) then cast(sum(target) as double) end as target_amount,
                case
                    when count(*) = count(target)
                    then cast(sum(case when actual < target then actual else target end) as double)
                end as counted_amount
            from parts
            group by period_date, team, commitment
        ),

        version_counts as (
            select
                period_date,
                team,
                commitment,
                agreement_version,
                effective_from,
                bool_or(is_figure) as is_figure,
                {{ count_by_status() }},
                coalesce(max(target_rate), 1.0) as target_rate,
                max(target) as figure_target,
                max(actual) as figure,
                max(actual_low) as figure_low,
                max(actual_high) as figure_high,
                max(cases) as cases,
                max(status) as figure_status,
                max(status_reason) as figure_reason
            from dated
            group by period_date, team, commitment, agreement_version, effective_from
        ),

        version_statuses as (
            select
                *,
                case
                    when is_figure
                    then
                        case
                            figure_status
                            when 'kept'
                            then 'met'
                            when 'missed'
                            then 'missed'
                            when 'open'
                            then 'running'
                            else 'not_evaluated'
                        end
                    else
                        {{
                            period_status(
                                "true",
                                attainment_low("kept", "missed", "early", "(open + not_evaluated)"),
                                attainment_high("kept", "missed", "early", "(open + not_evaluated)"),
                                "target_rate",
                            )
                        }}
                end as part_status
            from version_counts
        ),

        -- The part of one version decides: one that is missed, else one that can still turn, else the last.
        deciding as (
            select *
            from version_statuses
            qualify
                row_number() over (
                    partition by period_date, team, commitment
                    order by
                        case
                            part_status when 'missed' then 1 when 'running' then 2 when 'met' then 3 else 4
                        end,
                        effective_from desc
                )
                = 1
        ),

        -- By the version of those that started last, which nothing can change once the period is over.
        counted as (
            select
                period_date,
                {{ period_end(period, "period_date") }} as end_date,
                team,
                commitment,
                min(kind) as kind,
                min(clock_type) as clock_type,
                max(measure) as measure,
                max(unit) as unit,
                bool_or(is_figure) as is_figure,
                {{ count_by_status() }},
                max_by(tolerance_rate, effective_from) as tolerance_rate,
                max_by(known_share_rate, effective_from) as known_share_rate,
                nullif(max_by(coalesce(credit_rate, 0), effective_from), 0) as credit_rate,
                max(settles_at) as settled_at,
                bool_and(is_settled) as is_settled
            from dated
            group by period_date, team, commitment
        ),

        bounded as (
            select
                counted.*,
                deciding.part_status,
                deciding.figure_status,
                deciding.figure_reason,
                deciding.cases,
                lead_values.actual_amount,
                lead_values.target_amount,
                lead_values.counted_amount,
                counted.end_date <= build.as_of_date as has_ended,
                coverage.coverage_rate,
                case
                    when coverage.is_unknown
                    then coverage.unknown_reason
                    when {{ is_too_little("coverage.coverage_rate", "counted.known_share_rate") }}
                    then coverage.withheld_reason
                end as covered_reason,
                case
                    when counted.is_figure then deciding.figure_target else deciding.target_rate
                end as target,
                case
                    when counted.is_figure
                    then deciding.figure
                    when kind = 'lead_value'
                    then counted_amount / nullif(target_amount, 0)
                    else {{ attainment("counted.kept", "counted.missed") }}
                end as attainment,
                case
                    when counted.is_figure
                    then deciding.figure_low
                    when kind <> 'lead_value'
                    then
                        {{
                            attainment_low(
                                "counted.kept",
                                "counted.missed",
                                "counted.early",
                                "(counted.open + counted.not_evaluated)",
                            )
                        }}
                end as low,
                case
                    when counted.is_figure
                    then deciding.figure_high
                    when kind <> 'lead_value'
                    then
                        {{
                            attainment_high(
                                "counted.kept",
                                "counted.missed",
                                "counted.early",
                                "(counted.open + counted.not_evaluated)",
                            )
                        }}
                end as high,
                case
                    when target_amount is not null
                    then
                        {{
                            tolerance_status(
                                "actual_amount", "target_amount", "tolerance_rate", "counted_amount"
                            )
                        }}
                end as tolerance_status
            from counted
            cross join build
            inner join
                deciding
                on counted.period_date = deciding.period_date
                and counted.team = deciding.team
                and counted.commitment = deciding.commitment
            left join
                lead_values
                on counted.period_date = lead_values.period_date
                and counted.team = lead_values.team
                and counted.commitment = lead_values.commitment
            left join
                coverage
                on {{ coverage_date }} = coverage.period_date
                and counted.team = coverage.team
                and counted.commitment = coverage.commitment
        ),

        -- What is open can still decide it; what has a date without a time never does.
        measured as (
            select
                *,
                case
                    when covered_reason is not null
                    then covered_reason
                    when
                        not is_figure
                        and not_evaluated > 0
                        and early + open = 0
                        and kind <> 'lead_value'
                        and part_status = 'running'
                    then 'dates without a time leave it undecided'
                end as withheld_reason
            from bounded
        ),

        evaluated as (
            select
                *,
                has_ended
                and (
                    kind = 'lead_value'
                    or (is_figure and low is not distinct from high)
                    or (not is_figure and early + open + not_evaluated = 0)
                ) as is_final,
                case
                    when not has_ended
                    then 'running'
                    when withheld_reason is not null
                    then 'withheld'
                    when target_amount = 0
                    then 'not_evaluated'
                    when kind = 'lead_value'
                    then
                        case
                            tolerance_status when 'under' then 'missed' when 'over' then 'over' else 'met'
                        end
                    else part_status
                end as status
            from measured
        ),

        -- A trend compares final periods only.
        finals as (
            select
                period_date,
                team,
                commitment,
                attainment
                - lag(attainment) over (partition by team, commitment order by period_date) as change
            from evaluated
            where is_final and attainment is not null
        )

        {%- if period == "quarter" %}
            ,
            -- What sales is credited with is settled by the month.
            credits as (
                select
                    {{ period_of(period, "period_date", "fiscal_year_start_month") }} as period_date,
                    team,
                    commitment,
                    cast(sum(cast(credit_amount as decimal(24, 6))) as double) as credit_amount
                from {{ ref("rpt_team_compliance") }}
                cross join build
                group by 1, team, commitment
            )
        {%- endif %}

    select
        evaluated.period_date,
        evaluated.end_date,
        evaluated.team,
        evaluated.commitment,
        evaluated.kind,
        evaluated.clock_type,
        evaluated.measure,
        case when evaluated.is_figure then evaluated.unit else 'share' end as unit,
        evaluated.kept + evaluated.missed as due,
        evaluated.kept,
        evaluated.missed,
        evaluated.early,
        evaluated.open,
        evaluated.excused,
        evaluated.not_evaluated,
        case when evaluated.is_figure then evaluated.cases end as cases,
        evaluated.target_amount,
        evaluated.actual_amount,
        evaluated.counted_amount,
        evaluated.tolerance_rate,
        evaluated.target,
        evaluated.attainment,
        evaluated.low as attainment_low,
        evaluated.high as attainment_high,
        evaluated.tolerance_status,
        evaluated.status,
        evaluated.coverage_rate,
        evaluated.withheld_reason,
        case
            when
                evaluated.is_figure
                and evaluated.figure_status = 'excused'
                and evaluated.figure_reason in ({{ excused_measures() }})
            then evaluated.figure_reason
        end as excused_reason,
        evaluated.has_ended,
        evaluated.is_final,
        finals.change,
        evaluated.settled_at,
        {{ local_date("evaluated.settled_at") }} as settled_date,
        evaluated.is_settled,
        deliveries.amount as with_evidence_amount,
        -- A part of the target; of one that a closing has kept and that would be another today it is not
        -- known.
        case
            when abs(evaluated.target_amount - deliveries.target_amount) < 0.01 then deliveries.carried_amount
        end as carried_amount,
        {% if period == "month" %}
            case
                when evaluated.credit_rate is null or evaluated.status in ('running', 'withheld')
                then null
                when evaluated.status = 'missed'
                then
                    cast(
                        cast(
                            evaluated.credit_rate
                            * (evaluated.target_amount - evaluated.counted_amount) as decimal(24, 6)
                        ) as double
                    )
                else 0
            end as credit_amount
        {% elif period == "quarter" %} credits.credit_amount
        {% else %} cast(null as double) as credit_amount
        {% endif %}
    from evaluated
    left join
        finals
        on evaluated.period_date = finals.period_date
        and evaluated.team = finals.team
        and evaluated.commitment = finals.commitment
    left join
        deliveries
        on evaluated.period_date = deliveries.period_date
        and evaluated.commitment = deliveries.commitment
    {%- if period == "quarter" %}
        left join
            credits
            on evaluated.period_date = credits.period_date
            and evaluated.team = credits.team
            and evaluated.commitment = credits.commitment
    {%- endif %}
{%- endmacro %}
