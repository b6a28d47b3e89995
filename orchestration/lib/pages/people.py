"""What each person kept in a month, and the examples to learn from (requirement R17).

Belongs here: the owners on the scorecard, by name; the page of one is person.py. Which examples there are is SQL
(rpt_coaching_examples).
"""

from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

from orchestration.lib.pages.commitments import months_before
from orchestration.lib.pages.reading import by_month
from orchestration.lib.warehouse.rows import Row, read_rows

KEPT = """
    select owners.*, owners.period_date as month_date, coverage.withheld_by_owner_reason
    from reports.rpt_sla_compliance_month as owners
    left join marts.fct_commitment_coverage as coverage
        on owners.period_date = coverage.month_date and owners.team = coverage.team
        and owners.commitment = coverage.commitment
    where scope = 'owner' and due + early + open + not_evaluated > 0
    order by owners.owner_name, owners.owner_id, owners.commitment
"""

EXAMPLES = """
    select * from reports.rpt_coaching_examples
    where owner_name is not null
    order by owner_name, owner_id, example, commitment, example_number, commitment_id
"""

MEASURED = """
    select owner_name, measures.*
    from marts.fct_measures as measures inner join marts.dim_owner using (owner_id)
    order by owner_name, measures.owner_id, commitment, period_date, commitment_id"""

OWNER = itemgetter("owner_name", "owner_id")


def read_people(connection: duckdb.DuckDBPyConnection) -> dict[date, list[Row]]:
    """Of each month one row per owner who kept, missed or was measured by anything, by name, with examples of both."""
    kept, examples = (by_month(read_rows(connection, query)) for query in (KEPT, EXAMPLES))
    measured = by_month(read_measured(connection))
    return {
        month: _owners(kept.get(month, []), measured.get(month, []), examples.get(month, []))
        for month in {*kept, *measured, *examples}
    }


def read_measured(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Every measure of an owner in the month in which its period ends; of weeks the last one that ends in a month."""
    last: dict[tuple[Any, ...], Row] = {}
    for row in read_rows(connection, MEASURED):
        row["month_date"] = _month_of(row["period"], row["period_date"])
        what = row["commitment_id"] if row["period"] != "week" else (row["revenue_stream"], row["lead_type"])
        last[row["owner_name"], row["owner_id"], row["commitment"], row["month_date"], what] = row
    return list(last.values())


def _month_of(period: str, first: date) -> date:
    if period == "week":
        return (first + timedelta(days=6)).replace(day=1)
    return months_before(first, -2) if period == "quarter" else first


def _owners(*tables: list[Row]) -> list[Row]:
    kept, measured, examples = ({owner: list(rows) for owner, rows in groupby(table, key=OWNER)} for table in tables)
    return [
        {
            "name": owner[0],
            "owner_id": owner[1],
            "kept": kept.get(owner, []),
            "measured": measured.get(owner, []),
            "good": [row for row in examples.get(owner, []) if row["example"] == "good"],
            "missed": [row for row in examples.get(owner, []) if row["example"] == "missed"],
        }
        for owner in sorted({*kept, *measured, *examples})
    ]
