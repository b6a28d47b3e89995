"""The page of definitions: labels against criteria, and the score against who buys; and the rows behind, as files."""

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.pages import render_definitions
from orchestration.lib.pages.lists import LISTS, write_lists
from tests.tables import create, fill
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import words

TABLES = ("reports.rpt_definition_drift", "reports.rpt_score_calibration", "reports.rpt_data_quality_issues")
DRIFT = [
    {"owner_id": owner, "owner_name": name, "week_date": week, "stage": "mql", "evaluated": evaluated}
    | {"both_agree": both, "label_only": label, "rule_only": rule, "rule_only_open": still}
    for owner, name, week, evaluated, both, label, rule, still in (
        ("crm:1", "Ada <b>", "2026-07-06", 10, 9, 1, 0, 0),
        ("crm:1", "Ada <b>", "2026-06-29", 4, 4, 0, 0, 0),
        (None, "(no owner)", "2026-07-06", 5, 1, 0, 4, 3),
        # More than thirteen weeks ago.
        *(("crm:1", "Ada <b>", f"2026-0{month}-0{day}", 1, 0, 1, 0, 0) for month in (3, 4, 5) for day in range(1, 6)),
    )
]
BANDS = [
    {"banding": banding, "band": band, "horizon_days": 55.01, "journeys": journeys, "censored": 3, "undecided": 2}
    | {"decided": decided, "won": won, "win_rate": rate, "win_rate_low": low, "win_rate_high": high}
    | {"average_win_rate": 0.117, "lift": lift}
    for banding, band, journeys, decided, won, rate, low, high, lift in (
        ("score", "0 to 20", 105, 100, 4, 0.04, 0.016, 0.098, 0.34),
        ("score", "20 to 40", 25, 20, 3, 0.15, 0.05, 0.36, 1.28),
        ("score", "(no handoff)", 1133, 0, 0, None, None, None, None),
        ("grade", "A1", 105, 100, 30, 0.3, 0.219, 0.395, 2.56),
        ("grade", "A2", 5, 0, 0, None, None, None, None),
    )
]


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        lay_out(connection)
        create(connection, *TABLES, "marts.fct_rejected_rows", "reports.rpt_recycled_leads")
        yield connection


@pytest.mark.parametrize(
    "sentence",
    [
        "All until the as-of 34 41.2 % 14 of 34; 3 may still agree 16 4 3",
        "Week of 6 July 2026 15 66.7 % 10 of 15; 3 may still agree 1 4 3 Week of 29 June 2026 4 100.0 % 4 of 4 0 0 0",
        "MQL by owner the last 13 weeks, most that differ first",
        "Ada <b> 25 52.0 % 13 of 25 12 0 0 (no owner) 5 20.0 % 1 of 5; 3 may still agree 0 4 3",
        "0 to 20 105 3 2 100 4.0 % 4 of 100 1.6 % to 9.8 % 0.34 times less often",
        "20 to 40 25 3 2 20 15.0 % 3 of 20 5.0 % to 36.0 % 1.28 times may be chance",
        "A1 105 3 2 100 30.0 % 30 of 100 21.9 % to 39.5 % 2.56 times more often",
        "A2 5 3 2 0 too early – – –",
        "11.7 % of 120 decided. Too early: handed over less than 55 days ago",
        "1,133 more have no handoff that anybody recorded.",
    ],
)
def test_the_page_shows_the_figures_of_the_tables(company: duckdb.DuckDBPyConnection, sentence: str) -> None:
    fill(company, "reports.rpt_definition_drift", DRIFT)
    fill(company, "reports.rpt_score_calibration", BANDS)
    assert sentence in words(render_definitions(company))


def test_without_labels_and_journeys_the_page_says_so(company: duckdb.DuckDBPyConnection) -> None:
    text = words(render_definitions(company))
    assert "Nothing to show: no stage has criteria of a score" in text
    assert "Nothing to show: no journey is in the data" in text


def test_every_row_is_in_a_file_that_no_spreadsheet_runs(company: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    issue = {"guard": "mql_evidence", "agreement_version": "v1", "owner_name": "=1+1", "reason": "why", "row_count": 1}
    fill(company, "reports.rpt_data_quality_issues", [issue | {"record_id": str(i), "place": i} for i in range(40)])
    lines = [(7, False), (9, False), (1, True)]
    file = {"system": "crm", "table_name": "contacts", "file": "a.csv", "reason": "why"}
    rejected = [file | {"line": line, "is_non_data_line": is_title} for line, is_title in lines]
    fill(company, "marts.fct_rejected_rows", rejected)
    write_lists(company, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*LISTS, "rework.csv"}
    found = {name: list(csv.DictReader((tmp_path / name).open(encoding="utf-8", newline=""))) for name in LISTS}
    assert len(found["broken_definitions.csv"]) == 40
    assert found["broken_definitions.csv"][0]["owner_name"] == "'=1+1"
    # A title of a report does not count as a row.
    assert [row["line"] for row in found["rejected_rows.csv"]] == ["7", "9"]
    assert found["excluded_rows.csv"][0]["row_count"] == "13"
