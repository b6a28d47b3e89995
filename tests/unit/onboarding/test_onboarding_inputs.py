"""`smarketing source` on workbooks with several sheets and on zip archives: each list in them is a table."""

import zipfile
from pathlib import Path

import pytest

from orchestration import settings
from orchestration.lib.ingestion.files import is_claimed
from orchestration.lib.onboarding import OnboardingError, Plan, make_plan
from orchestration.lib.source_tables import read_declaration
from tests.unit.onboarding.conftest import ANSWERS, DEALS, LEADS, questions, text_of
from tests.workbooks import write_workbook

NOTES = [["Read me"], ["Exported by Mia"]]


def cells(text: str) -> list[list]:
    """The rows of a CSV text, with its amounts as numbers."""
    rows = [line.split(",") for line in text.strip().splitlines()]
    return [[float(cell) if cell.replace(".", "").isdigit() else cell or None for cell in row] for row in rows]


def planned(folder: Path, path: Path, answers: dict[str, str] | None = None) -> Plan:
    return make_plan([path], "shop", folder / "acme", settings.DBT_PROJECT, ANSWERS | (answers or {}))


def declared(plan: Plan, folder: Path) -> dict:
    plan.writes.perform(force=False)
    path = folder / "acme" / "systems" / "shop" / "staging" / "_shop__sources.yml"
    return {table.name: table for table in read_declaration(path)}


def test_each_sheet_is_a_table_that_ingestion_finds_again(tmp_path: Path) -> None:
    sheets = {"Leads": cells(LEADS), "Deals 2026": cells(DEALS), "Info": NOTES, "Empty": []}
    path = write_workbook(tmp_path / "crm.xlsx", sheets)
    assert set(questions(planned(tmp_path, path))) == {"info"}
    plan = planned(tmp_path, path, {"info": "none"})
    assert any(line.startswith("crm.xlsx, sheet Leads: 3 rows -> persons") for line in plan.found)
    assert "crm.xlsx, sheet Info: not used, as answered" in plan.found
    tables = declared(plan, tmp_path)
    assert {name: table.files for name, table in tables.items()} == {"leads": ("leads*",), "deals": ("deals*",)}
    copy = tmp_path / "acme" / "exports" / "shop" / "crm.xlsx"
    assert all(is_claimed(table, copy) for table in tables.values())
    later = write_workbook(copy.with_name("crm 2027.xlsx"), {"Deals 2027": cells(DEALS), "Other": NOTES})
    assert is_claimed(tables["deals"], later)
    assert not is_claimed(tables["leads"], later)


def test_a_sheet_without_rows_is_listed_and_refused_if_its_name_shows_a_kind(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "crm.xlsx", {"Leads": cells(LEADS), "Legend": [["Colour", "Meaning"]]})
    plan = planned(tmp_path, path)
    assert questions(plan) == {}
    assert any("sheet Legend: not used: " in line and "no rows" in line for line in plan.found)
    path = write_workbook(tmp_path / "crm.xlsx", {"Leads": cells(LEADS), "Deals": [["Deal Id", "Amount"]]})
    with pytest.raises(OnboardingError, match=r"crm\.xlsx: sheet Deals: .* no rows"):
        planned(tmp_path, path)


def archive(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w") as zipped:
        for name, text in files.items():
            zipped.writestr(f"export/{name.replace('_', '.')}", text)
    return path


def test_the_files_of_an_archive_are_tables_and_the_archive_is_the_export(tmp_path: Path) -> None:
    path = archive(tmp_path / "all.zip", leads_csv=LEADS, deals_csv=DEALS, terms_pdf="%PDF")
    plan = planned(tmp_path, path)
    assert questions(plan) == {}
    assert any(line.startswith("deals.csv: 2 rows -> opportunities") for line in plan.found)
    assert "all.zip: not used: terms.pdf, which has no rows and columns" in plan.found
    tables = declared(plan, tmp_path)
    copy = tmp_path / "acme" / "exports" / "shop" / "all.zip"
    assert copy.is_file()
    assert is_claimed(tables["deals"], copy / "export" / "deals.csv")
    assert questions(planned(tmp_path, copy)) == {}, "a second call reads the same archive again"
    assert text_of(planned(tmp_path, copy), "_shop__sources.yml") == text_of(plan, "_shop__sources.yml")


def test_a_broken_archive_and_a_workbook_of_sheets_in_one_are_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04nothing")
    with pytest.raises(OnboardingError, match=r"broken\.zip: the zip archive or workbook is broken"):
        planned(tmp_path, tmp_path / "broken.zip")
    book = write_workbook(tmp_path / "crm.xlsx", {"Leads": cells(LEADS), "Deals": cells(DEALS)})
    with zipfile.ZipFile(tmp_path / "crm.zip", "w") as zipped:
        zipped.write(book, "crm.xlsx")
    with pytest.raises(OnboardingError, match="sheets Leads, Deals within a zip archive; unpack"):
        planned(tmp_path, tmp_path / "crm.zip")
