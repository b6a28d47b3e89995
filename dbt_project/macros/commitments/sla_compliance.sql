{#- The clocks and cadences of every owner that started in a day, week, month or quarter: parts that add up to the
    team's, so that a reader can sum them. -#}
{% macro sla_compliance(period) -%}
    {%- set undecided = "(counted.open + counted.not_evaluated)" -%}
    with
        commitments as (
            select * from {{ ref("fct_reported_commitments") }} where kind in ('clock', 'cadence')
        ),

        versions as (select * from {{ ref("dim_agreement") }}),

        owners as (select * from {{ ref("dim_owner") }}),

        build as (select * from {{ ref("dim_build") }}),

        dated as (
            select
                commitments.*,
                {{ period_of(period, "commitments.started_date", "versions.fiscal_year_start_month") }}
                as period_date
            from commitments
            inner join versions on commitments.agreement_version = versions.agreement_version
        ),

        counted as (
            select
                period_date,
                team,
                commitment,
                owner_id,
                min(kind) as kind,
                min(clock_type) as clock_type,
                {{ count_by_status() }},
                max_by(target_rate, started_at) as target,
                bool_and(is_settled) as is_settled
            from dated
            group by period_date, team, commitment, owner_id
        )

    select
        counted.period_date,
        counted.team,
        counted.commitment,
        counted.kind,
        counted.clock_type,
        case when counted.owner_id is null then 'no_owner' else 'owner' end as scope,
        counted.owner_id,
        coalesce(owners.owner_name, '(no owner)') as owner_name,
        counted.kept + counted.missed as due,
        counted.kept,
        counted.missed,
        counted.early,
        counted.open,
        counted.excused,
        counted.not_evaluated,
        counted.target,
        {{ attainment("counted.kept", "counted.missed") }} as attainment,
        {{ attainment_low("counted.kept", "counted.missed", "counted.early", undecided) }} as attainment_low,
        {{ attainment_high("counted.kept", "counted.missed", "counted.early", undecided) }}
        as attainment_high,
        counted.early + counted.open + counted.not_evaluated = 0
        and {{ period_end(period, "counted.period_date") }} <= build.as_of_date as is_final,
        counted.is_settled
    from counted
    cross join build
    left join owners on counted.owner_id = owners.owner_id
{%- endmacro %}
