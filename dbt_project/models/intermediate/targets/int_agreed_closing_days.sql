-- "Within 30 days 0.55, within 60 days 0.85": the 0.30 between close evenly on the days 31 to 60.
with
    closing_times as (select * from {{ source("agreement", "closing_times") }}),

    spans as (
        select
            agreement_version,
            revenue_stream,
            coalesce(
                lag(within_days) over (partition by agreement_version, revenue_stream order by within_days), 0
            ) as after_days,
            within_days,
            closed_rate - coalesce(
                lag(closed_rate) over (partition by agreement_version, revenue_stream order by within_days), 0
            ) as span_rate
        from closing_times
    ),

    numbers as (
        select value from {{ integer_series("1", "(select coalesce(max(within_days), 0) from spans)") }}
    )

select
    spans.agreement_version,
    spans.revenue_stream,
    cast(numbers.value as integer) as day_number,
    spans.span_rate / (spans.within_days - spans.after_days) as closed_rate
from spans
inner join numbers on numbers.value > spans.after_days and numbers.value <= spans.within_days
