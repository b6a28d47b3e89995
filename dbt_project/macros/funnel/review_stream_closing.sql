{#-
    The CTE `review_stream_closing`: the same of all lead types of a stream together, as the agreement has it. The days of each
    lead type count by how many of its journeys close; what its conversions show to come after the horizon is added, since
    the agreed time has none. It reads the CTEs of review_closing_days.
-#}
{% macro review_stream_closing() -%}
    review_closing_increments as (
        select
            {{ review_columns() }},
            revenue_stream,
            followed_days,
            cast(
                entered * (
                    incidence - lag(incidence, 1, 0) over (partition by cohort_id order by followed_days)
                ) as decimal(28, 12)
            ) as closed
        from
            (
                select *, sum(members) over (partition by cohort_id) as entered from review_closing_counts
            ) as counts
        where followed_days <= horizon_days
    ),

    review_closing_sizes as (
        select
            counts.cohort_id,
            {{ review_columns() }},
            counts.revenue_stream,
            max(counts.horizon_days) as horizon_days,
            sum(counts.members) as entered,
            sum(counts.undecided) as undecided,
            coalesce(max(ends.last_customers), 0) as customers,
            max(ends.is_followed) as is_followed,
            cast(
                sum(counts.members)
                * coalesce(max(ends.last_incidence), 0)
                / coalesce(max(counts.within_horizon_rate), 1) as decimal(28, 12)
            ) as closing
        from review_closing_counts as counts
        inner join review_closing_ends as ends on counts.cohort_id = ends.cohort_id
        group by all
    ),

    review_closing_streams as (
        select
            {{ review_columns() }},
            revenue_stream,
            max(horizon_days) as horizon_days,
            sum(entered) as entered,
            sum(undecided) as undecided,
            sum(customers) as customers,
            count(*) = count(case when is_followed then 1 end) as is_followed,
            sum(closing) as closing,
            {{ review_z() }} / 2 / sqrt(nullif(sum(customers), 0)) as half_width
        from review_closing_sizes
        group by all
    ),

    review_closed as (
        select
            increments.revenue_stream,
            increments.review_period,
            increments.period_from,
            increments.followed_days,
            cast(sum(increments.closed) over days_in_order as double)
            / nullif(cast(streams.closing as double), 0) as closed_until
        from
            (
                select review_period, period_from, revenue_stream, followed_days, sum(closed) as closed
                from review_closing_increments
                group by all
            ) as increments
        inner join
            review_closing_streams as streams
            on increments.review_period = streams.review_period
            and increments.period_from = streams.period_from
            and increments.revenue_stream = streams.revenue_stream
        window
            days_in_order as (
                partition by increments.review_period, increments.period_from, increments.revenue_stream
                order by increments.followed_days
            )
    ),

    review_stream_medians as (
        select
            streams.*,
            agreed.agreed_days,
            agreed.agreed_closed_rate,
            {%- for name, share in {
                "low_days": "0.5 - streams.half_width",
                "median_days": "0.5",
                "high_days": "0.5 + streams.half_width",
            }.items() %}
                min(closed.followed_days) filter (where closed.closed_until >= {{ share }}) as {{ name }},
            {%- endfor %}
            coalesce(
                max(closed.closed_until) filter (where closed.followed_days <= agreed.agreed_days), 0
            ) as closed_rate
        from review_closing_streams as streams
        left join
            review_agreed_closing as agreed
            on streams.agreement_version = agreed.agreement_version
            and streams.revenue_stream = agreed.revenue_stream
        left join
            review_closed as closed
            on streams.review_period = closed.review_period
            and streams.period_from = closed.period_from
            and streams.revenue_stream = closed.revenue_stream
        group by all
    ),

    review_stream_closing as (
        select
            {{
                review_measure(
                    "closing_days",
                    {
                        "lead_type": all_lead_types(),
                        "to_stage": "'customer'",
                        "agreed_value": "agreed_days",
                        "entered": "entered",
                        "converted": "customers",
                        "undecided": "undecided",
                        "horizon_days": "horizon_days",
                        "measured_value": "case when is_followed then median_days end",
                        "measured_low": "case when is_followed then low_days end",
                        "measured_high": "case when is_followed then high_days end",
                        "closed_rate": "case when is_followed then " ~ rounded("closed_rate", 6) ~ " end",
                        "agreed_closed_rate": rounded("agreed_closed_rate", 6),
                        "basis": review_basis(
                            {
                                is_few("customers"): "too few",
                                "undecided > entered * tolerance_rate": "too many undecided",
                                "not is_followed": "too early",
                            }
                        ),
                    },
                )
            }}
        from review_stream_medians
    )
{%- endmacro %}
