-- Only leads that are older than the longest closing took are measured: of the younger ones, the quick deals
-- are known and the slow ones are not yet, and the time to close would look shorter than it is.
with
    conversions as (
        select *
        from {{ ref("fct_stage_conversions") }}
        where to_stage = 'customer' and reached_date >= entered_date
    ),

    chains as (select * from {{ ref("dim_target") }} where step_number = 1),

    agreed as (select * from {{ ref("int_agreed_closing_days") }}),

    build as (select * from {{ ref("dim_build") }}),

    won as (
        select
            revenue_stream,
            lead_type,
            from_stage,
            entered_date,
            {{ days_apart("entered_date", "reached_date") }} as day_number,
            count(*) as deals
        from conversions
        group by revenue_stream, lead_type, from_stage, entered_date, reached_date
    ),

    closings as (
        select
            chains.agreement_version,
            chains.revenue_stream,
            chains.lead_type,
            won.entered_date,
            won.day_number,
            won.deals,
            max(won.day_number) over (
                partition by chains.agreement_version, chains.revenue_stream
            ) as longest_day_number
        from chains
        inner join
            won
            on chains.revenue_stream = won.revenue_stream
            and chains.lead_type = won.lead_type
            and chains.stage = won.from_stage
    ),

    decided as (
        select closings.*
        from closings
        inner join
            build
            on {{ days_apart("closings.entered_date", "build.as_of_date") }} >= closings.longest_day_number
    ),

    by_lead_type as (
        select
            agreement_version,
            revenue_stream,
            lead_type,
            day_number,
            sum(deals) as deals,
            sum(sum(deals)) over (partition by agreement_version, revenue_stream, lead_type) as all_deals
        from decided
        group by agreement_version, revenue_stream, lead_type, day_number
    ),

    by_stream as (
        select
            agreement_version,
            revenue_stream,
            day_number,
            sum(deals) as deals,
            sum(sum(deals)) over (partition by agreement_version, revenue_stream) as all_deals
        from decided
        group by agreement_version, revenue_stream, day_number
    ),

    -- The first of these that exists; fewer deals do not show a distribution.
    candidates as (
        select
            agreement_version,
            revenue_stream,
            lead_type,
            1 as choice,
            'measured: lead type' as basis,
            all_deals,
            day_number,
            deals / cast(all_deals as double) as closed_rate
        from by_lead_type
        where not ({{ is_few("all_deals") }})
        union all
        select
            chains.agreement_version,
            chains.revenue_stream,
            chains.lead_type,
            2 as choice,
            'measured: revenue stream' as basis,
            by_stream.all_deals,
            by_stream.day_number,
            by_stream.deals / cast(by_stream.all_deals as double) as closed_rate
        from chains
        inner join
            by_stream
            on chains.agreement_version = by_stream.agreement_version
            and chains.revenue_stream = by_stream.revenue_stream
        where not ({{ is_few("by_stream.all_deals") }})
        union all
        select
            chains.agreement_version,
            chains.revenue_stream,
            chains.lead_type,
            3 as choice,
            'agreed' as basis,
            null as all_deals,
            agreed.day_number,
            agreed.closed_rate
        from chains
        inner join
            agreed
            on chains.agreement_version = agreed.agreement_version
            and chains.revenue_stream = agreed.revenue_stream
        union all
        select
            agreement_version,
            revenue_stream,
            lead_type,
            4 as choice,
            'unknown: taken as none' as basis,
            null as all_deals,
            0 as day_number,
            1.0 as closed_rate
        from chains
    )

select
    agreement_version,
    revenue_stream,
    lead_type,
    cast(day_number as integer) as day_number,
    cast(closed_rate as double) as closed_rate,
    basis,
    cast(all_deals as bigint) as deals
from candidates
qualify rank() over (partition by agreement_version, revenue_stream, lead_type order by choice) = 1
