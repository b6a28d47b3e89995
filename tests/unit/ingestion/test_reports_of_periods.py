"""Reports of advertising whose rows are of a week, a month or their whole period are refused: days count beside them.

Belongs here: what shows that a row is not of a day. Two reports of days are test_two_accounts.py.
"""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import FileReport, ingest_table
from orchestration.lib.source_tables import SourceTable
from tests.systems import TABLES

REPORTS = {table.system: table for table in TABLES if table.spend}
DAILY = "campaigns spend daily"
MARCH = [date(2026, 3, 1) + timedelta(days=day) for day in range(31)]


def report(system: str, rows: dict[date, str], title: str = "", campaign: str = "Brand") -> str:
    """The same campaign in each platform's columns, with the id of the campaign where the platform has one."""
    if system == "ads":
        lines = ["Day,Platform,Campaign,Cost,Currency", *(f"{d},LinkedIn,{campaign},{c},EUR" for d, c in rows.items())]
    else:
        labels = {
            "google_ads": "Day,Campaign,Campaign ID,Cost,Currency code",
            "linkedin_ads": "Start Date (in UTC),Campaign Name,Campaign ID,Total Spent,Currency code",
            "microsoft_ads": "TimePeriod,CampaignName,CampaignId,Spend,CurrencyCode",
            "meta_ads": "Day,Campaign name,Campaign ID,Amount spent (EUR)",
        }
        more = "" if system == "meta_ads" else ",EUR"
        lines = [labels[system], *(f"{d},{campaign},7,{c}{more}" for d, c in rows.items())]
    return "\n".join([*([title] if title else []), *lines]) + "\n"


def ingest(folder: Path, table: SourceTable, **files: str) -> dict[str, FileReport]:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
    found = ingest_table(duckdb.connect(), table, folder)
    return {file.file.removesuffix(".csv"): file for file in found.files}


def statuses(found: dict[str, FileReport]) -> dict[str, str]:
    return {name: file.status for name, file in found.items()}


@pytest.mark.parametrize("system", REPORTS)
@pytest.mark.parametrize("name", ["campaigns spend 2026-04-02", "campaigns spend 2026-02-02"])
def test_the_row_of_a_month_is_not_counted_beside_its_days(tmp_path: Path, system: str, name: str) -> None:
    days = report(system, dict.fromkeys(MARCH, "5.00"))
    months = report(system, {date(2026, 1, 1): "100.00", date(2026, 2, 1): "120.00", date(2026, 3, 1): "155.00"})
    found = ingest(tmp_path, REPORTS[system], **{f"{DAILY} 2026-03-31": days, name: months})
    assert statuses(found) == {f"{DAILY} 2026-03-31": "loaded", name: "refused"}
    assert found[name].reason == (
        f"line 4: campaign 'Brand' has 155.00 on 2026-03-01, and {DAILY} 2026-03-31.csv has 155.00 of it on 31 days "
        "until 2026-03-31: the row is of more than one day, and would count beside them; export the report with one "
        "row per day, or move the file out of the folder"
    )


def test_the_row_of_a_whole_period_or_of_weeks_is_not_counted_beside_its_days(tmp_path: Path) -> None:
    table = REPORTS["google_ads"]
    days = report("google_ads", dict.fromkeys(MARCH[2:], "5.00"))
    weeks = {date(2026, 3, 1): "25.00"} | {day: "35.00" for day in MARCH if day > MARCH[0] and day.weekday() == 0}
    for name, rows in {
        # The month began with two days without spend: 29 days of 5.
        "campaigns whole 2026-04-01": {date(2026, 3, 1): "145.00"},
        # The days go on after it, and those of the first half are 14 of 31.
        "campaigns part 2026-04-02": {date(2026, 3, 3): "70.00"},
        "campaigns weeks 2026-04-03": weeks,
    }.items():
        text = report("google_ads", rows)
        found = ingest(tmp_path, table, **{f"{DAILY} 2026-03-31": days, name: text})
        assert statuses(found) == {f"{DAILY} 2026-03-31": "loaded", name: "refused"}, name
        (tmp_path / f"{name}.csv").unlink()


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        (
            '"Report Time: 1/1/2026,3/31/2026"',
            {date(2026, 1, 1): "100", date(2026, 2, 1): "120", date(2026, 3, 1): "9"},
        ),
        ("Report Start: January 1 2026 12:00 AM\nReport End: April 30 2026 11:59 PM", {date(2026, 1, 1): "1200"}),
        ("1. März 2026 - 31. März 2026", {MARCH[0]: "1", **{day: "7" for day in MARCH[1:] if day.weekday() == 0}}),
        ("1 marzo 2026 - 31 marzo 2026", {MARCH[0]: "155"}),
    ],
)
def test_the_title_of_a_report_shows_what_its_rows_are_of(tmp_path: Path, title: str, rows: dict[date, str]) -> None:
    text = report("google_ads", rows, title)
    found = ingest(tmp_path, REPORTS["google_ads"], campaigns=text)
    assert statuses(found) == {"campaigns": "refused"}
    assert "each row is of more than one day; export the report with one row per day" in str(found["campaigns"].reason)


def test_reports_of_days_are_left_alone(tmp_path: Path) -> None:
    title = '"March 1, 2026 - March 31, 2026"'
    for number, rows in enumerate(
        [
            dict.fromkeys(MARCH, "5.00"),
            dict.fromkeys(MARCH[:2], "5.00"),
            {MARCH[4]: "5.00"},
            {MARCH[0]: "5.00", MARCH[30]: "5.00"},
        ]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        files = {"campaigns 2026-04-01": report("google_ads", rows, title)}
        # A file of each day, one of them with a correction, and a campaign that spends every Monday and more.
        files |= {f"campaigns {day}": report("google_ads", {day: "5.50"}) for day in MARCH[:8]}
        mondays = {day: "5.00" for day in MARCH if day.weekday() == 0}
        files["campaigns mondays 2026-04-02"] = report("google_ads", mondays, campaign="Monday")
        assert set(statuses(ingest(folder, REPORTS["google_ads"], **files)).values()) == {"loaded"}, rows


@pytest.mark.parametrize(("system", "label"), [("meta_ads", "Reporting ends"), ("linkedin_ads", "End Date (in UTC)")])
def test_a_row_that_ends_on_a_later_day_is_rejected(tmp_path: Path, system: str, label: str) -> None:
    header, *rows = report(system, {MARCH[0]: "155.00", MARCH[1]: "5.00"}).splitlines()
    text = "\n".join([f"{header},{label}", f"{rows[0]},2026-03-31", f"{rows[1]},2026-03-02"]) + "\n"
    file = ingest(tmp_path, REPORTS[system], campaigns=text)["campaigns"]
    assert (file.rows_loaded, file.rows_rejected) == (1, 1)
    assert (file.rejected[0].first_line, file.rejected[0].column_name) == (2, "last_day")
    assert file.rejected[0].reason == (
        "column last_day: '2026-03-31' is after the day '2026-03-01'; the row is of more than one day: export the "
        "report with one row per day"
    )
