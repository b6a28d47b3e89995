"""The same exports as CSV files, and as a workbook and a zip archive: one published copy."""

import csv
import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, build, differences, dump, smarketing
from tests.end_to_end.small_company import OWNER, USERS, write_company
from tests.workbooks import write_workbook

pytestmark = [pytest.mark.slow, pytest.mark.end_to_end]

CONTACTS = (
    "Record ID,Email,Create Date,Lifecycle Stage,Contact owner,Country/Region,Original Traffic Source,Business unit,"
    "Became a lead date,Became a marketing qualified lead date\n"
    f"1,ada@north.example,2026-03-04 09:00,Marketing Qualified Lead,{OWNER},Italy,Organic Search,Main,"
    "2026-03-04 09:00,2026-05-06 09:00\n"
    f"2,bea@south.example,2026-07-08 09:00,Lead,{OWNER},Spain,Organic Search,Main,2026-07-08 09:00,\n"
)
DEALS = (
    "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Currency,Create Date,Close Date,Deal owner,Deal Type,Business unit,"
    "Associated Contact IDs,Is Deal Closed?,Is Closed Won\n"
    f"11,One,Sales Pipeline,Closed Won,5000.50,EUR,2026-08-20 10:00,2026-09-10 10:00,{OWNER},newbusiness,Main,1,true,"
    "true\n"
)
# What names the file that a row came from, and when.
OF_FILES = ("load", "source_file", "freshness", "arrival")


def cells(text: str) -> list[list[object]]:
    """The rows of a CSV text as a spreadsheet has them: times and numbers are typed."""

    def typed(cell: str) -> object:
        if cell[:2] == "20" and cell[4:5] == "-":
            return datetime.fromisoformat(cell)
        return float(cell) if cell.replace(".", "").isdigit() else cell or None

    return [[typed(cell) for cell in row] for row in csv.reader(io.StringIO(text))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats")


@pytest.fixture(scope="module")
def as_texts(folder: Path) -> Built:
    company = write_company(folder / "texts", {"hubspot/all-contacts.csv": CONTACTS, "hubspot/all-deals.csv": DEALS})
    return build(company, folder / "home-texts")


@pytest.fixture(scope="module")
def as_others(folder: Path) -> Built:
    company = write_company(folder / "others", {"hubspot/users.csv": USERS})
    write_workbook(company / "exports/hubspot/crm.xlsx", {"Contacts": cells(CONTACTS), "Notes": [["to do"]]})
    with zipfile.ZipFile(company / "exports/hubspot/export.zip", "w") as archive:
        archive.writestr("hubspot-exports/all-deals.csv", DEALS)
        archive.writestr("hubspot-exports/README.txt", "made by a test")
    return build(company, folder / "home-others")


@pytest.mark.campaign
def test_every_format_gives_the_same_copy(as_texts: Built, as_others: Built) -> None:
    found = differences(dump(as_texts.copy), dump(as_others.copy))
    assert {table: rows for table, rows in found.items() if not any(word in table for word in OF_FILES)} == {}


def test_the_cells_of_other_formats_are_those_of_a_text(as_others: Built) -> None:
    times = "select person_id, lead_at::varchar, mql_at::varchar from marts.fct_journeys order by 1"
    assert as_others.query(times) == [
        ("hubspot:1", "2026-03-04 08:00:00", "2026-05-06 07:00:00"),
        ("hubspot:2", "2026-07-08 07:00:00", None),
    ]
    deals = "select amount::double, created_at::varchar, status from marts.fct_opportunities"
    assert as_others.query(deals) == [(5000.5, "2026-08-20 08:00:00", "won")]


def test_what_nobody_reads_in_an_archive_is_named(as_others: Built) -> None:
    assert "export.zip (1 file in it: hubspot-exports/README.txt): not read" in as_others.output


def test_a_sheet_that_nobody_reads_is_named(as_others: Built) -> None:
    assert "crm.xlsx: not read: its sheet 'Notes'" in as_others.output


def test_check_reads_them_too(as_others: Built) -> None:
    result = smarketing("check", "--company", as_others.company)
    assert result.returncode == 0, result.stdout
    assert "exports/hubspot/crm.xlsx: not read: Notes" in result.stdout


def test_a_workbook_of_a_system_of_ones_own_is_drafted(tmp_path: Path) -> None:
    rows = [["Lead Id", "Created", "Email"], [1, datetime(2026, 4, 3, 9), "a@acme.example"]]
    rows += [[n, datetime(2026, 5, 4, 9), f"b{n}@acme.example"] for n in range(2, 9)]
    path = write_workbook(tmp_path / "leads.xlsx", {"Leads": rows})
    answers = ["--answer", "time_zone=Europe/Rome", "--answer", "currency=EUR"]
    result = smarketing("source", "shop", path, "--company", tmp_path / "shop", *answers)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "leads.xlsx: 8 rows -> persons" in result.stdout
    assert (tmp_path / "shop" / "exports" / "shop" / "leads.xlsx").is_file()
