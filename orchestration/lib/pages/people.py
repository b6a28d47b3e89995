"""What each person kept in the month, and the examples to learn from (requirement R17).

Belongs here: the persons of the scorecard, by name. Which examples there are is SQL (rpt_examples).
"""

from datetime import date
from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.pages.reading import Row, read_rows

# One human may have a record in several systems: they are shown together, by the name.
KEPT = """
    select
        owners.owner_name,
        commitments.commitment,
        count(*) filter (where commitments.status = 'met') as met,
        count(*) filter (where commitments.status in ('met', 'breached')) as due,
        count(*) filter (where commitments.status = 'met')
        / cast(nullif(count(*) filter (where commitments.status in ('met', 'breached')), 0) as double) as kept_rate,
        max(commitments.target_rate) as target_rate
    from marts.fct_commitments as commitments
    inner join marts.dim_owner as owners on commitments.owner_id = owners.owner_id
    where commitments.kind in ('clock', 'cadence') and commitments.month_date = ?
    group by owners.owner_name, commitments.commitment
    having count(*) filter (where commitments.status in ('met', 'breached')) > 0
    order by owners.owner_name, commitments.commitment
"""

EXAMPLES = """
    select
        owner_name, commitment, example, person_id, journey_id, source_label, lead_type, stopped_at, taken_hours,
        over_hours
    from reports.rpt_examples
    where month_date = ? and owner_name is not null
    order by owner_name, example, commitment, example_number, commitment_id
"""

MEASURED = """
    with
        periods as (
            select commitment, max(period_date) as period_date
            from marts.fct_measures
            where status <> 'pending'
            group by commitment
        )
    select
        owners.owner_name, measures.commitment, measures.measure, measures.cases, measures.target, measures.actual,
        measures.status_reason as status
    from marts.fct_measures as measures
    inner join periods using (commitment, period_date)
    inner join marts.dim_owner as owners on measures.owner_id = owners.owner_id
    where measures.status <> 'pending' and measures.period_date <= ?
    order by owners.owner_name, measures.commitment, measures.commitment_id
"""


def read_people(connection: duckdb.DuckDBPyConnection, month: date) -> list[Row]:
    """One row per name that kept, missed or was measured by anything in the month, with examples of both."""
    kept, measured, examples = (
        {
            name: list(rows)
            for name, rows in groupby(read_rows(connection, query, [month]), key=itemgetter("owner_name"))
        }
        for query in (KEPT, MEASURED, EXAMPLES)
    )
    return [
        {
            "name": name,
            "kept": kept.get(name, []),
            "measured": measured.get(name, []),
            "good": [row for row in examples.get(name, []) if row["example"] == "good"],
            "missed": [row for row in examples.get(name, []) if row["example"] == "missed"],
        }
        for name in sorted({*kept, *measured, *examples})
    ]
