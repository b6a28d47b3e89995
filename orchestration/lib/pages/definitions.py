"""The page of definitions: whether the data keeps them, whether labels follow them, and whether the score foretells.

Belongs here: the sections of the page. What a guard evaluates is the guards' matter (guards.py), what is labelled and
what the criteria give that of fct_definition_drift, what became of each band of the score that of
rpt_score_calibration.
"""

from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.pages.guards import read_guards
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.warehouse.rows import Row, read_rows

WEEKS_SHOWN = 13
OWNERS_SHOWN = 50

COUNTS = "evaluated, both_agree, label_only, rule_only, rule_only_open"
DRIFT = f"select owner_id, owner_name, week_date, stage, {COUNTS} from reports.rpt_definition_drift order by all"

CALIBRATION = "select * from reports.rpt_score_calibration order by banding desc, band"


def render_definitions(connection: duckdb.DuckDBPyConnection) -> str:
    """The page as one HTML document. ValueError if the warehouse was never built."""
    bands = read_rows(connection, CALIBRATION)
    return render(
        "definitions.html.j2",
        "definitions.html",
        header=read_header(connection),
        guards=read_guards(connection),
        drift=_drift(read_rows(connection, DRIFT)),
        calibration={banding: _bands(list(rows)) for banding, rows in groupby(bands, key=itemgetter("banding"))},
    )


def _drift(rows: list[Row]) -> list[Row]:
    """Of each stage all until the as-of, the last weeks, and the owners of these weeks with most that differs first."""
    stages = []
    last = sorted({row["week_date"] for row in rows})[-WEEKS_SHOWN:]
    for stage, of_stage in groupby(sorted(rows, key=itemgetter("stage")), key=itemgetter("stage")):
        all_rows = list(of_stage)
        recent = [row for row in all_rows if row["week_date"] in last]
        owners = [
            {"owner_name": name} | _counted(list(group))
            for (name, _), group in groupby(
                sorted(recent, key=lambda row: (row["owner_name"], row["owner_id"] or "")),
                key=itemgetter("owner_name", "owner_id"),
            )
        ]
        owners.sort(key=lambda owner: (-owner["label_only"] - owner["rule_only"], owner["owner_name"]))
        weeks = [
            {"week_date": week} | _counted([row for row in recent if row["week_date"] == week]) for week in last[::-1]
        ]
        stages.append(
            {
                "stage": stage,
                "total": _counted(all_rows),
                "weeks": [week for week in weeks if week["evaluated"]],
                "owners": owners[:OWNERS_SHOWN],
                "hidden_owners": len(owners[OWNERS_SHOWN:]),
            }
        )
    return stages


def _counted(rows: list[Row]) -> Row:
    sums = {name: sum(row[name] for row in rows) for name in COUNTS.split(", ")}
    return sums | {"agreement_rate": sums["both_agree"] / sums["evaluated"] if sums["evaluated"] else None}


def _bands(rows: list[Row]) -> Row:
    """The bands of the score or the grades, and what is in none: never handed over, or without a score."""
    bands = [row for row in rows if not row["band"].startswith("(")]
    return {"bands": bands, "others": [row for row in rows if row["band"].startswith("(")]}
