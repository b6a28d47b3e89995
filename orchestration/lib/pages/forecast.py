"""What the running quarter will bring: one section of the scorecard.

Belongs here: the running quarter, its stages, and the past quarters on which the forecast was tried. The figures are
those of rpt_quarter_forecast.
"""

import duckdb

from orchestration.lib.warehouse.rows import Row, read_rows

QUARTERS = "select * from reports.rpt_quarter_forecast order by quarter_date desc"
STAGES = "select * from reports.rpt_forecast_stages order by expected_amount desc nulls last, stage_label"
TRIED_SHOWN = 8


def read_forecast(connection: duckdb.DuckDBPyConnection) -> Row:
    """The running quarter or none, its stages with open deals, and the quarters before it, the newest first."""
    quarters = read_rows(connection, QUARTERS)
    tried = [row for row in quarters if not row["is_running_quarter"] and row["is_inside"] is not None]
    return {
        "running": next((row for row in quarters if row["is_running_quarter"]), None),
        "stages": read_rows(connection, STAGES),
        "tried": tried[:TRIED_SHOWN],
        "hidden": len(tried[TRIED_SHOWN:]),
    }
