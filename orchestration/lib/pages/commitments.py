"""What both teams promised and kept, month by month: the tiles, and the tables beside the two charts.

Belongs here: first contact and lead value by month, owner and lead type. First contacts still owed are in clocks.py;
Measured figures (kind measure) stand on the scorecard.
"""

from datetime import date
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.pages.reading import Row, read_rows

MONTHS_SHOWN = 13
OWNERS_SHOWN = 15

# A month is judged by the version in force on its last day. Clocks are kept by rate, and more than agreed is no harm;
# value is judged both ways, because sales can serve only so many leads well.
MONTHLY = """
    with
        compliance as (
            select *, period_date as month_date from reports.rpt_sla_compliance
            where period = 'month' and kind != 'measure'
        ),
        build as (select * from marts.dim_build),
        versions as (select * from marts.dim_agreement),
        months as (
            select
                team, commitment, month_date, bool_or(clock_type is not null) as is_clock,
                sum(met) as met, sum(breached) as breached, sum(pending) as pending, sum(excused) as excused,
                sum(met) + sum(breached) as due, sum(target_amount) as target_amount,
                sum(actual_amount) as actual_amount, min(target_rate) as target_rate
            from compliance
            group by team, commitment, month_date
        ),
        -- A month in which the agreement changed is judged by one version before the change and by the next after it.
        shared as (
            select
                month_date,
                list({'version': version, 'effective_from': effective_from} order by effective_from) as versions
            from (select distinct month_date from months) as all_months
            inner join versions
                on versions.effective_from <= last_day(month_date)
                and month_date <= coalesce(versions.effective_to, date '9999-12-31')
            group by month_date
            having count(*) > 1
        ),
        measured as (
            select
                months.*,
                versions.tolerance_rate,
                shared.versions,
                months.month_date = date_trunc('month', build.as_of_date) as is_running,
                case
                    when months.is_clock then months.met / cast(nullif(months.due, 0) as double)
                    else months.actual_amount / nullif(months.target_amount, 0)
                end as attainment_rate
            from months
            cross join build
            left join shared on months.month_date = shared.month_date
            left join versions
                on versions.effective_from <= last_day(months.month_date)
                and last_day(months.month_date) <= coalesce(versions.effective_to, date '9999-12-31')
        ),
        compared as (
            select *, case when is_clock then attainment_rate / target_rate else attainment_rate end as kept_rate
            from measured
        ),
        judged as (
            select
                *,
                case
                    when is_running then 'running'
                    when kept_rate < 1 - tolerance_rate then 'under'
                    when not is_clock and kept_rate > 1 + tolerance_rate then 'over'
                    when kept_rate is not null and tolerance_rate is not null then 'on track'
                end as status
            from compared
        )
    select * from judged where month_date >= ? and month_date < ? order by team desc, commitment, month_date
"""

PROMISES = """
    select
        team, commitment, max_by(kind, started_at) as kind, max_by(clock_type, started_at) as clock_type,
        case when max_by(kind, started_at) = 'clock' then max_by(target, started_at) / 60 end as within_hours
    from marts.fct_commitments
    where kind <> 'measure'
    group by team, commitment
    order by team desc, commitment
"""

SPEED = """
    select commitment, month_date, median_minutes, p90_minutes
    from reports.rpt_first_contact
    where population = 'all'
"""

OWNERS = """
    select
        commitment, period_date as month_date, owner_name, met, met + breached as due, breached, pending, excused,
        attainment_rate
    from reports.rpt_sla_compliance
    where period = 'month' and clock_type is not null and team = ? and commitment = ? and period_date = ?
    order by breached desc, due desc, owner_name, owner_id
"""

# By month of the start, as rpt_sla_compliance has it; the running month says too little of a rep to be drawn.
OWNER_MONTHS = """
    with
        compliance as (
            select *, period_date as month_date from reports.rpt_sla_compliance where period = 'month'
        ),
        build as (select date_trunc('month', as_of_date) as this_month_date from marts.dim_build)
    select
        compliance.owner_id, compliance.month_date, sum(compliance.met) as met,
        sum(compliance.met + compliance.breached) as due,
        sum(compliance.met) / cast(sum(compliance.met + compliance.breached) as double) as attainment_rate
    from compliance
    inner join build
        on compliance.month_date < build.this_month_date
        and compliance.month_date >= build.this_month_date - interval '12 months'
    where compliance.clock_type is not null and compliance.met + compliance.breached > 0
    group by compliance.owner_id, compliance.month_date
    order by compliance.owner_id, compliance.month_date
"""

# A closed month adds up to the figures with which it was closed.
LEAD_TYPES = """
    with
        reported as (
            select * exclude (closed_at) from marts.fct_closed_commitments
            union all by name
            select * from marts.fct_commitments where month_date not in (select month_date from marts.fct_closings)
        )
    select
        revenue_stream, lead_type, agreement_version, actual as actual_amount, target as target_amount,
        attainment_rate, status_reason as status
    from reported
    where clock_type is null and team = ? and commitment = ? and month_date = ?
    order by revenue_stream, lead_type, agreement_version
"""


def read_months(connection: duckdb.DuckDBPyConnection, first: date, end: date) -> list[Row]:
    """One row per team, commitment and month from first to before end, sales first, with its status in words."""
    return read_rows(connection, MONTHLY, [first, end])


def read_promises(connection: duckdb.DuckDBPyConnection, as_of_month: date) -> list[Row]:
    """One row per team and commitment: its months until the as-of, and the detail of the last full one with data."""
    months = read_months(connection, months_before(as_of_month, MONTHS_SHOWN - 1), months_before(as_of_month, -1))
    speeds = {(row["commitment"], row["month_date"]): row for row in read_rows(connection, SPEED)}
    for row in months:
        speed = speeds.get((row["commitment"], row["month_date"]), {})
        row |= {name: speed.get(name) for name in ("median_minutes", "p90_minutes")}
    by_promise = {key: list(group) for key, group in groupby(months, key=itemgetter("team", "commitment"))}
    promises = read_rows(connection, PROMISES)
    for promise in promises:
        promise["months"] = by_promise.get((promise["team"], promise["commitment"]), [])
        promise["by_month"] = {row["month_date"]: row for row in promise["months"]}
        full = [row["month_date"] for row in promise["months"] if not row["is_running"]]
        promise["last_full"] = full[-1] if full else None
        detail = OWNERS if promise["clock_type"] else LEAD_TYPES
        rows = read_rows(connection, detail, [promise["team"], promise["commitment"], promise["last_full"]])
        promise["detail"], promise["hidden"] = (
            (rows[:OWNERS_SHOWN], rows[OWNERS_SHOWN:]) if promise["clock_type"] else (rows, [])
        )
    return promises


def read_owner_months(connection: duckdb.DuckDBPyConnection) -> dict[str | None, list[Row]]:
    """Of each owner the last twelve full months in which clocks fell due: all of them together."""
    months: dict[str | None, list[Row]] = {}
    for row in read_rows(connection, OWNER_MONTHS):
        months.setdefault(row["owner_id"], []).append(row)
    return months


def previous_month(month: date) -> date:
    """The first day of the month before."""
    return months_before(month, 1)


def months_before(month: date, number: int) -> date:
    """The first day of the month so many months before."""
    ordinal = month.year * 12 + month.month - 1 - number
    return date(ordinal // 12, ordinal % 12 + 1, 1)
