"""The lists of the site: the rows behind its figures, whole, as CSV in lists/.

Belongs here: which rows are on a list, and in which order. What is in a row is SQL; a formula in a text is made
harmless (`lib/csv_files.py`).
"""

from pathlib import Path

import duckdb

from orchestration.lib.csv_files import replace_csv
from orchestration.lib.pages.backlog import OLD
from orchestration.lib.rework import write_rework

# What pages have parts of: every open commitment, those that are overdue for too long to be on Today, and the leads
# that were delivered and never touched. Whole tables: the columns are documented where the tables are.
OPEN = "select * from reports.rpt_open_commitments order by due_at, commitment_id"
BACKLOG = f"select * from reports.rpt_open_commitments where {OLD} order by due_at desc, commitment_id"
UNTOUCHED = "select * from reports.rpt_untouched_leads order by lead_value desc, age_days, journey_id"

LISTS = {"open_commitments.csv": OPEN, "backlog.csv": BACKLOG, "untouched.csv": UNTOUCHED}


def write_lists(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write every list from the published copy; each is replaced, completely or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in LISTS.items():
        replace_csv(connection.sql(rows), folder / name)
    write_rework(connection, folder / "rework.csv")
