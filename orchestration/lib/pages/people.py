"""What each person kept in the month, and the examples to learn from (requirement R17).

Belongs here: the owners on the scorecard, by name. Which examples there are is SQL (rpt_coaching_examples).
"""

from datetime import date
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

KEPT = """
    select
        owners.owner_id, owners.owner_name, owners.commitment, kept, due, early, open, not_evaluated, attainment,
        target, coverage.withheld_by_owner_reason
    from reports.rpt_sla_compliance_month as owners
    left join marts.fct_commitment_coverage as coverage
        on owners.period_date = coverage.month_date and owners.team = coverage.team
        and owners.commitment = coverage.commitment
    where scope = 'owner' and owners.period_date = ? and due + early + open + not_evaluated > 0
    order by owners.owner_name, owners.owner_id, owners.commitment
"""

EXAMPLES = """
    select
        owner_id, owner_name, commitment, example, person_id, journey_id, source_label, lead_type, stopped_at,
        taken_hours, over_hours
    from reports.rpt_coaching_examples
    where month_date = ? and owner_name is not null
    order by owner_name, owner_id, example, commitment, example_number, commitment_id
"""

MEASURED = """
    select owners.owner_id, owners.owner_name, measures.*, measures.status_reason as status
    from marts.fct_measures as measures
    inner join marts.dim_owner as owners on measures.owner_id = owners.owner_id
    where measures.is_latest_period and (measures.period = 'week' or measures.period_date <= ?)
    order by owners.owner_name, owners.owner_id, measures.commitment, measures.commitment_id
"""

OWNER = itemgetter("owner_name", "owner_id")


def read_people(connection: duckdb.DuckDBPyConnection, month: date) -> list[Row]:
    """One row per owner who kept, missed or was measured by anything in the month, by name, with examples of both."""
    kept, measured, examples = (
        {owner: list(rows) for owner, rows in groupby(read_rows(connection, query, [month]), key=OWNER)}
        for query in (KEPT, MEASURED, EXAMPLES)
    )
    return [
        {
            "name": owner[0],
            "kept": kept.get(owner, []),
            "measured": measured.get(owner, []),
            "good": [row for row in examples.get(owner, []) if row["example"] == "good"],
            "missed": [row for row in examples.get(owner, []) if row["example"] == "missed"],
        }
        for owner in sorted({*kept, *measured, *examples})
    ]
