"""The lists of the site: the rows behind its figures, whole, as CSV in lists/.

Belongs here: which rows are on a list, and in which order. What is in a row is SQL; a formula in a text is made
harmless (`lib/csv_files.py`). No list has a cell of an export: a rejected row has its file and line, and its cells are
in the warehouse alone (`smarketing rejected`).
"""

from pathlib import Path

import duckdb

from orchestration.lib.csv_files import replace_csv
from orchestration.lib.pages.arrivals import TO_LOOK_AT
from orchestration.lib.pages.backlog import OLD
from orchestration.lib.rework import write_rework

# What pages have parts of: every open commitment, those that are overdue for too long to be on Today, and the leads
# that were delivered and never touched. Whole tables, whose columns are documented where the tables are, but for the
# owner's id: it reads like that of a lead, whom `smarketing forget` looks for in files.
OPEN = "select * exclude (owner_id) from reports.rpt_open_commitments order by due_at, commitment_id"
BACKLOG = (
    f"select * exclude (owner_id) from reports.rpt_open_commitments where {OLD} order by due_at desc, commitment_id"
)
UNTOUCHED = (
    "select * exclude (owner_id) from reports.rpt_untouched_leads order by lead_value desc, age_days, journey_id"
)

REJECTED = """select system, table_name, file, line, column_name, reason
    from marts.fct_rejected_rows where not is_non_data_line order by all"""
EXCLUDED = """select entity, system, reason, label, row_count from marts.fct_excluded_rows
    order by row_count desc, entity, system, reason, label"""
BROKEN = """select guard, clause, agreement_version, owner_name, record_type, record_id, happened_date, reason,
        row_count, is_blocking
    from reports.rpt_data_quality_issues order by guard, agreement_version, place, record_id, reason"""
DRIFT = """select owner_name, week_date, stage, evaluated, both_agree, label_only, rule_only, rule_only_open
    from reports.rpt_definition_drift order by week_date, stage, owner_name, owner_id"""
BRIDGE = """select closed_date, opportunity_id, journey_channel, channel, journey_amount, credit, attributed_amount,
        difference_reason
    from reports.rpt_channel_bridge where is_shown_first and not is_same_channel order by all"""

LISTS = {
    "open_commitments.csv": OPEN,
    "backlog.csv": BACKLOG,
    "untouched.csv": UNTOUCHED,
    "files_to_look_at.csv": TO_LOOK_AT,
    "rejected_rows.csv": REJECTED,
    "excluded_rows.csv": EXCLUDED,
    "broken_definitions.csv": BROKEN,
    "definition_drift.csv": DRIFT,
    "channel_bridge.csv": BRIDGE,
}


def write_lists(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write every list from the published copy; each is replaced, completely or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in LISTS.items():
        replace_csv(connection.sql(rows), folder / name)
    write_rework(connection, folder / "rework.csv")
