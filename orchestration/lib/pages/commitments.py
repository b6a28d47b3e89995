"""What both teams promised and kept, month by month: the tiles, and the tables beside the two charts.

Belongs here: reading the months, owners and lead types that a page shows. What a month came to is rpt_team_compliance;
first contacts still outstanding are in outstanding.py; measured figures (kind measure) are on the scorecard.
"""

from datetime import date
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

MONTHS_SHOWN = 13
OWNERS_SHOWN = 15
OWNER_MONTHS_SHOWN = 12
COUNTED = ("clock", "cadence")

MONTHS = """
    select *, period_date as month_date
    from reports.rpt_team_compliance
    where period_date >= ? and period_date < ?
    order by team desc, commitment, period_date
"""

# A month in which the agreement changed is evaluated by one version before the change and by the next after it.
VERSIONS = """
    select agreement_version as version, effective_from, effective_to
    from marts.dim_agreement
    where effective_from is not null
    order by effective_from
"""

PROMISES = """
    select
        team, commitment, max_by(kind, started_at) as kind, max_by(clock_type, started_at) as clock_type,
        max_by(target, started_at) as target
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
    select owners.*, coverage.withheld_by_owner_reason
    from reports.rpt_sla_compliance_month as owners
    left join marts.fct_commitment_coverage as coverage
        on owners.period_date = coverage.month_date and owners.team = coverage.team
        and owners.commitment = coverage.commitment
    where owners.team = ? and owners.commitment = ? and owners.period_date = ?
    order by missed desc, due desc, owner_name, owner_id
"""

OWNER_MONTHS = "select * from reports.rpt_owner_months where month_date >= ? and month_date < ? order by month_date"

LEAD_TYPES = """
    select
        revenue_stream, lead_type, agreement_version, actual as actual_amount, target as target_amount,
        attainment_rate, status_reason
    from marts.fct_reported_commitments
    where kind = 'lead_value' and team = ? and commitment = ? and month_date = ?
    order by revenue_stream, lead_type, agreement_version
"""


def read_months(connection: duckdb.DuckDBPyConnection, first: date, end: date) -> list[Row]:
    """One row per team, commitment and month from first to before end, sales first; `versions` of a shared month."""
    versions = read_rows(connection, VERSIONS)
    months = read_rows(connection, MONTHS, [first, end])
    for row in months:
        within = [
            version
            for version in versions
            if version["effective_from"] < row["end_date"]
            and (version["effective_to"] is None or version["effective_to"] >= row["month_date"])
        ]
        row["versions"] = within if len(within) > 1 else []
        row["is_counted"] = row["kind"] in COUNTED
    return months


def read_promises(connection: duckdb.DuckDBPyConnection, as_of_month: date) -> list[Row]:
    """One row per team and commitment: its months until the as-of, and the detail of the last full one with data."""
    rows = read_months(connection, months_before(as_of_month, MONTHS_SHOWN - 1), months_before(as_of_month, -1))
    months = [row for row in rows if row["kind"] != "measure"]
    speeds = {(row["commitment"], row["month_date"]): row for row in read_rows(connection, SPEED)}
    for row in months:
        speed = speeds.get((row["commitment"], row["month_date"]), {})
        row |= {name: speed.get(name) for name in ("median_minutes", "p90_minutes")}
    by_promise = {key: list(group) for key, group in groupby(months, key=itemgetter("team", "commitment"))}
    promises = read_rows(connection, PROMISES)
    for promise in promises:
        promise["is_counted"] = promise["kind"] in COUNTED
        promise["months"] = by_promise.get((promise["team"], promise["commitment"]), [])
        promise["by_month"] = {row["month_date"]: row for row in promise["months"]}
        full = [row["month_date"] for row in promise["months"] if row["has_ended"]]
        promise["last_full"] = full[-1] if full else None
        detail = OWNERS if promise["is_counted"] else LEAD_TYPES
        rows = read_rows(connection, detail, [promise["team"], promise["commitment"], promise["last_full"]])
        promise["detail"], promise["hidden"] = (
            (rows[:OWNERS_SHOWN], rows[OWNERS_SHOWN:]) if promise["is_counted"] else (rows, [])
        )
    return promises


def read_owner_months(connection: duckdb.DuckDBPyConnection, as_of_month: date) -> dict[str, list[Row]]:
    """Of each owner the last twelve full months: all clocks and cadences together."""
    months: dict[str, list[Row]] = {}
    for row in read_rows(connection, OWNER_MONTHS, [months_before(as_of_month, OWNER_MONTHS_SHOWN), as_of_month]):
        months.setdefault(row["owner_id"], []).append(row)
    return months


def previous_month(month: date) -> date:
    """The first day of the month before."""
    return months_before(month, 1)


def months_before(month: date, number: int) -> date:
    """The first day of the month, a number of months before."""
    ordinal = month.year * 12 + month.month - 1 - number
    return date(ordinal // 12, ordinal % 12 + 1, 1)
