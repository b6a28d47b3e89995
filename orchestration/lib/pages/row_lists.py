"""The rows behind the pages of data, definitions and attribution as files, where a page has the first ones or sums.

Belongs here: which rows and columns. They have what those pages show, and no cell of an export: a rejected row has its
file and line, and its cells are in the warehouse alone (`smarketing rejected`). Open commitments are in lists of their
own.
"""

from pathlib import Path

import duckdb

from orchestration.lib.csv_files import replace_csv
from orchestration.lib.pages.arrivals import TO_LOOK_AT

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
    "files_to_look_at.csv": TO_LOOK_AT,
    "rejected_rows.csv": REJECTED,
    "excluded_rows.csv": EXCLUDED,
    "broken_definitions.csv": BROKEN,
    "definition_drift.csv": DRIFT,
    "channel_bridge.csv": BRIDGE,
}


def write_row_lists(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write each list from the published copy."""
    for name, rows in LISTS.items():
        replace_csv(connection.sql(rows), folder / name)
