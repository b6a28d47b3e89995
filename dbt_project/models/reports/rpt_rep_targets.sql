-- What each rep did in the ended months, beside what the agreement in force asks of one person in a month.
with
    load as (select * from {{ ref("fct_owner_load") }}),

    handoffs as (select * from {{ ref("fct_handoffs") }} where first_attempt_at is not null),

    opportunities as (select * from {{ ref("fct_opportunities") }} where status = 'won' and is_new_business),

    owners as (select * from {{ ref("dim_owner") }} where not is_automatic),

    targets as (select * from {{ ref("dim_target") }}),

    streams as (select * from {{ ref("dim_revenue_stream") }}),

    build as (
        select *, cast(date_trunc('month', as_of_date) as date) as as_of_month_date
        from {{ ref("dim_build") }}
    ),

    versions as (
        select versions.agreement_version
        from {{ ref("dim_agreement") }} as versions
        inner join build on versions.effective_from <= build.as_of_date
        qualify row_number() over (order by versions.effective_from desc) = 1
    ),

    events as (
        select owner_id, revenue_stream, month_date, month_leads as leads, 0 as tried, 0 as won
        from load
        union all
        select
            owner_id,
            revenue_stream,
            cast(date_trunc('month', handed_over_date) as date) as month_date,
            0 as leads,
            1 as tried,
            0 as won
        from handoffs
        union all
        select
            owner_id,
            revenue_stream,
            cast(date_trunc('month', closed_date) as date) as month_date,
            0 as leads,
            0 as tried,
            1 as won
        from opportunities
    ),

    months as (
        select
            events.owner_id,
            events.revenue_stream,
            events.month_date,
            cast(sum(events.leads) as bigint) as leads,
            cast(sum(events.tried) as bigint) as tried,
            cast(sum(events.won) as bigint) as won
        from events
        inner join owners on events.owner_id = owners.owner_id
        inner join build on events.month_date < build.as_of_month_date
        group by events.owner_id, events.revenue_stream, events.month_date
    ),

    -- A month without anything counts as well, from the first one that had something.
    history as (
        select
            owner_id,
            revenue_stream,
            min(month_date) as first_month_date,
            {%- for figure in ["leads", "tried", "won"] %}
                sum({{ figure }}) as {{ figure }},
                max({{ figure }}) as best_{{ figure }},
                max(max({{ figure }})) over (partition by revenue_stream) as team_best_{{ figure }}
                {{- "," if not loop.last }}
            {%- endfor %}
        from months
        group by owner_id, revenue_stream
    ),

    -- Of an even month: what a season makes of it is in the plan. A quota by period may be of 6 months.
    asked as (
        select
            targets.revenue_stream,
            max(streams.leads_per_rep) as leads_per_rep,
            max(streams.reps) as reps,
            {%- for figure, condition in {
                "leads": "targets.step_number = 1",
                "won": "targets.next_stage is null",
            }.items() %}
                sum(cast(targets.owed as decimal(24, 6))) filter (where {{ condition }}) / max(
                    coalesce(
                        {{ cast_or_null("replace(targets.quota_period, ' months', '')", "int") }},
                        {{ months_of("targets.quota_period") }}
                    )
                )
                / max(streams.reps) as target_{{ figure }}{{ "," if not loop.last }}
            {%- endfor %}
        from targets
        inner join versions on targets.agreement_version = versions.agreement_version
        inner join
            streams
            on targets.agreement_version = streams.agreement_version
            and targets.revenue_stream = streams.revenue_stream
        group by targets.revenue_stream
    ),

    compared as (
        select
            history.*,
            asked.leads_per_rep,
            asked.reps,
            {{ rounded("asked.target_leads", 6) }} as target_leads,
            {{ rounded("asked.target_won", 6) }} as target_won,
            {{ months_between("history.first_month_date", "build.as_of_month_date") }} as months
        from history
        cross join build
        inner join asked on history.revenue_stream = asked.revenue_stream
    )

select
    compared.owner_id,
    owners.owner_name,
    compared.revenue_stream,
    cast(compared.months as bigint) as months,
    compared.leads_per_rep,
    compared.reps,
    {%- for figure in ["leads", "tried", "won"] %}
        compared.{{ figure }} / cast(compared.months as double) as month_{{ figure }},
        compared.best_{{ figure }},
        compared.team_best_{{ figure }},
    {%- endfor %}
    {%- for figure in ["leads", "won"] %}
        compared.target_{{ figure }},
        compared.target_{{ figure }} > compared.best_{{ figure }} as is_{{ figure }}_above_own,
        compared.target_{{ figure }} > compared.team_best_{{ figure }} as is_{{ figure }}_above_all
        {{- "," if not loop.last }}
    {%- endfor %}
from compared
inner join owners on compared.owner_id = owners.owner_id
