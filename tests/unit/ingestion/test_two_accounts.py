"""Reports of advertising without accounts and ids: one campaign exported again, or two of one name, else asked."""

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import LoadReport, ingest_table
from orchestration.lib.source_tables import SourceTable
from tests.systems import TABLES

REPORTS = {table.system: table for table in TABLES if table.spend}
LABELS = {
    "ads": "Day,Platform,Campaign,Cost,Currency",
    "google_ads": "Day,Campaign,Cost,Currency code",
    "linkedin_ads": "Start Date (in UTC),Campaign Name,Total Spent,Currency code",
    "meta_ads": "Day,Campaign name,Amount spent (EUR)",
    "microsoft_ads": "TimePeriod,CampaignName,Spend,CurrencyCode",
}


def report(system: str, spend: str, label: str = "", value: str = "") -> str:
    """Two days of the campaign Brand, with one column more if it has a label."""
    platform = "LinkedIn," if system == "ads" else ""
    more = "" if system == "meta_ads" else ",EUR"
    rows = [
        f"{day},{platform}Brand,{spend}{more}{',' + value if label else ''}" for day in ("2026-03-01", "2026-03-02")
    ]
    return "\n".join([LABELS[system] + (f",{label}" if label else ""), *rows]) + "\n"


def ingest(folder: Path, table: SourceTable, **files: str) -> LoadReport:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
    return ingest_table(duckdb.connect(), table, folder)


def statuses(found: LoadReport) -> list[str]:
    return [file.status for file in found.files]


def test_every_report_of_days_is_compared() -> None:
    assert set(REPORTS) == set(LABELS)


@pytest.mark.parametrize("system", LABELS)
def test_two_files_that_differ_are_refused_beside_each_other(tmp_path: Path, system: str) -> None:
    table = REPORTS[system]
    files = {f"campaigns {name} spend": report(system, spend) for name, spend in {"it": "10.00", "de": "25.00"}.items()}
    found = ingest(tmp_path, table, **files)
    assert statuses(found) == ["refused", "refused"]
    reason = str(found.files[0].reason)
    assert "campaign 'Brand' on 2026-03-01 and 1 more day(s)" in reason
    assert "nothing tells whether it is one campaign; add the column '" in reason


@pytest.mark.parametrize("system", LABELS)
@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("campaigns spend 2026-03-03", "campaigns spend 2026-03-09"),
        ("campaigns-spend 3-2026", "campaigns-spend 12-2026"),
    ],
)
def test_a_later_export_of_the_same_report_replaces(tmp_path: Path, system: str, older: str, newer: str) -> None:
    connection = duckdb.connect()
    for name, spend in {newer: "11.00", older: "10.00"}.items():
        (tmp_path / f"{name}.csv").write_text(report(system, spend))
    assert statuses(ingest_table(connection, REPORTS[system], tmp_path)) == ["loaded", "loaded"]
    query = f"select _file from raw.{REPORTS[system].raw_table} order by _load_number desc limit 1"
    assert connection.execute(query).fetchall() == [(f"{newer}.csv",)]


@pytest.mark.parametrize("system", [system for system in LABELS if system != "ads"])
def test_ids_or_accounts_tell_campaigns_apart(tmp_path: Path, system: str) -> None:
    account = "AccountName" if system == "microsoft_ads" else "Account name"
    for label in ("Campaign ID", account):
        files = {f"campaigns {name} spend": report(system, name, label, name) for name in ("10", "25")}
        assert statuses(ingest(tmp_path / label, REPORTS[system], **files)) == ["loaded", "loaded"]


def test_a_browsers_number_does_not_tell_accounts_apart(tmp_path: Path) -> None:
    files = {"Campaign report": report("google_ads", "10"), "Campaign report (1)": report("google_ads", "25")}
    assert statuses(ingest(tmp_path, REPORTS["google_ads"], **files)) == ["refused", "refused"]


def test_the_same_money_is_the_same_report(tmp_path: Path) -> None:
    """A report of ad sets beside that of campaigns, and one with ids beside one without."""
    table = REPORTS["meta_ads"]
    parts = report("meta_ads", "4.00") + report("meta_ads", "6.00").split("\n", 1)[1]
    files = {"acme campaigns": report("meta_ads", "10.00"), "acme ad sets": parts}
    assert statuses(ingest(tmp_path / "parts", table, **files)) == ["loaded", "loaded"]
    files = {
        "acme campaigns": report("meta_ads", "10.00"),
        "ids campaigns": report("meta_ads", "10", "Campaign ID", "7"),
    }
    assert statuses(ingest(tmp_path / "ids", table, **files)) == ["loaded", "loaded"]


def test_a_name_of_several_ids_is_asked(tmp_path: Path) -> None:
    ids = report("google_ads", "4", "Campaign ID", "7")
    ids += report("google_ads", str(Decimal(6)), "Campaign ID", "8").split("\n", 1)[1]
    found = ingest(
        tmp_path, REPORTS["google_ads"], **{"campaigns of march": report("google_ads", "10"), "campaigns with ids": ids}
    )
    assert statuses(found) == ["refused", "refused"]
    assert "or other ids" in str(found.files[0].reason)


def renamed(name: str, spend: str = "20.00,200,9", days: int = 2, more: str = "") -> str:
    """A campaign that goes on, and one of this name."""
    rows = [
        f"2026-03-0{day},{each}"
        for day in range(1, days + 1)
        for each in (f"Brand,10,100,5{more}", name + "," + spend + more)
    ]
    return "\n".join(["Day,Campaign,Cost,Impr.,Clicks,Currency code", *(f"{row},EUR" for row in rows)]) + "\n"


def test_a_renamed_campaign_is_asked_about(tmp_path: Path) -> None:
    table = REPORTS["google_ads"]
    names = "Campaign report 2026-03-03", "Campaign report 2026-03-05"
    found = ingest(
        tmp_path, table, **dict(zip(names, (renamed("Generic"), renamed("Generic EU", days=4)), strict=True))
    )
    assert [file.reason for file in found.files] == [
        f"campaign {mine!r} on 2026-03-01 and 1 more day(s): {file}.csv has the same figures for {its!r}, and nothing "
        "tells whether it was renamed; add the column 'Campaign ID' to both reports and export them again, or, if it "
        "was, move the older file out of the folder, or write one name in both"
        for mine, its, file in (("Generic", "Generic EU", names[1]), ("Generic EU", "Generic", names[0]))
    ]


def test_other_campaigns_of_the_same_days_are_others(tmp_path: Path) -> None:
    """Other figures, a paused campaign that the later report does not have, days that only one has."""
    table = REPORTS["google_ads"]
    for number, texts in enumerate(
        [
            (renamed("Generic"), renamed("Display", "20.00,300,9")),
            (renamed("Generic"), renamed("Brand", "0,0,0", days=4)),
            (renamed("Generic"), renamed("Generic EU").replace("2026-03", "2026-04")),
        ]
    ):
        files = {f"Campaign report 2026-05-0{place}": text for place, text in enumerate(texts, 1)}
        found = ingest(tmp_path / str(number), table, **files)
        assert statuses(found) == ["loaded", "loaded"], number
    # The money alone of one or two days is the same by chance, in reports of two names.
    files = {
        f"campaigns {name}": f"Day,Campaign,Cost,Currency code\n2026-03-01,{name},10,EUR\n" for name in ("it", "de")
    }
    assert statuses(ingest(tmp_path / "names", table, **files)) == ["loaded", "loaded"]
