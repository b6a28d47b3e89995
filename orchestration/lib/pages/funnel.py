"""The funnel: the last cohort in which everybody has had 90 days, and the one after it, step by step."""

from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

# The report holds every pair of stages and other segments too.
STEPS = """
    select * from reports.rpt_funnel_conversion
    where is_current_cohort and segment_type = 'stream and lead type' and is_next_stage
    order by revenue_stream, lead_type, from_rank, cohort_date
"""


def read_funnel(connection: duckdb.DuckDBPyConnection) -> Row:
    """The cohorts shown, and per revenue stream and lead type the steps with one row per cohort (None without)."""
    rows = read_rows(connection, STEPS)
    cohorts = {row["cohort_date"]: row["is_mature_90d"] for row in sorted(rows, key=itemgetter("cohort_date"))}
    blocks = []
    for (stream, lead_type), block in groupby(rows, key=itemgetter("revenue_stream", "lead_type")):
        steps = []
        for (from_stage, to_stage), pairs in groupby(block, key=itemgetter("from_stage", "to_stage")):
            by_cohort = {row["cohort_date"]: row for row in pairs}
            cells = [by_cohort.get(cohort) for cohort in cohorts]
            steps.append({"from_stage": from_stage, "to_stage": to_stage, "cohorts": cells})
        blocks.append({"revenue_stream": stream, "lead_type": lead_type, "steps": steps})
    return {"cohorts": cohorts, "blocks": blocks}
