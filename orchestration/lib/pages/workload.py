"""Who is over capacity: leads handed over this month and last against what a rep can serve, and what each owes."""

from datetime import date

import duckdb

from orchestration.lib.language import gettext, translated
from orchestration.lib.pages.commitments import read_owner_months
from orchestration.lib.pages.sparklines import sparkline
from orchestration.lib.warehouse.rows import Row, read_rows

LOAD = """
    select * from reports.rpt_workload
    order by
        is_over_capacity desc nulls last, is_over_capacity_last_month desc nulls last, team_label nulls last,
        utilisation_rate desc nulls last, overdue desc, owner_name, owner_id, revenue_stream
"""
ROWS_SHOWN = 500

# In these months too many commitments name no owner, any of whom may have kept them.
WITHHELD = "select distinct month_date from marts.fct_commitment_coverage where is_withheld_by_owner"


def read_load(connection: duckdb.DuckDBPyConnection, as_of_month: date) -> Row:
    """One row per owner and revenue stream, who is over capacity first, with the owner's months as a small picture.

    The picture has final months only: one that still runs is a span, and its figure no trend.
    """
    rows = read_rows(connection, LOAD)
    months = read_owner_months(connection, as_of_month)
    withheld = {row["month_date"] for row in read_rows(connection, WITHHELD)}
    for row in rows:
        due = [each for each in months.get(row["owner_id"], []) if each["is_final"] and each["due"]]
        final = [each for each in due if each["month_date"] not in withheld]
        row["is_too_early"] = row["owner_id"] in months and not due
        row["is_withheld"] = bool(due) and not final
        row["last_final"] = final[-1] if final else None
        title = gettext(
            "%(owner)s: share kept of the clocks and cadences due, by final month", owner=translated(row["owner_name"])
        )
        row["chart"] = sparkline([each["attainment"] for each in final], title, high=1)
    return {
        "rows": rows[:ROWS_SHOWN],
        "hidden": len(rows[ROWS_SHOWN:]),
        "over": sum(bool(row["is_over_capacity"]) for row in rows),
        "were_over": sum(bool(row["is_over_capacity_last_month"]) for row in rows),
        "has_capacity": any(row["leads_per_rep"] is not None for row in rows),
        "had_capacity": any(row["last_month_leads_per_rep"] is not None for row in rows),
    }
