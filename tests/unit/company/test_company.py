"""A company folder: its structure, or a bare export of an example's system; every other folder is explained."""

from pathlib import Path

import pytest

from orchestration.lib.company.folder import Company, CompanyError, open_company
from orchestration.lib.source_tables import Column, SourceTable

COLUMNS = (Column("id", "varchar"),)
TABLES = [
    SourceTable("bank", "events", ("*events*",), (), COLUMNS),
    SourceTable("shop", "orders", ("*orders*",), (), COLUMNS),
    # No example for this one.
    SourceTable("crm", "contacts", ("*contacts*",), (), COLUMNS),
    # Named like the files of the bank: reference tables never make a folder a system's.
    SourceTable("reference", "event_labels", ("*events*",), (), COLUMNS),
]


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    for system in ("bank", "shop"):
        for part in ("agreements", "reference"):
            (tmp_path / "examples" / system / part).mkdir(parents=True)
    return tmp_path / "examples"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "company").mkdir()
    return tmp_path / "company"


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def test_a_company_folder(folder: Path, examples: Path) -> None:
    put(folder, "exports/bank/events.csv", "exports/crm/other.csv", "exports/note.docx")
    company = open_company(folder, TABLES, examples)
    assert company == Company(folder, folder / "agreements", folder / "reference")
    assert company.folder_of("bank") == folder / "exports" / "bank"
    assert company.folder_of("reference") == folder / "reference"
    # An undeclared file is named, if it is data at all.
    assert company.unread_files(TABLES) == [folder / "exports" / "crm" / "other.csv"]


def test_exports_win_over_files_beside_them(folder: Path, examples: Path) -> None:
    put(folder, "exports/shop/orders.csv", "events.csv")
    assert open_company(folder, TABLES, examples).bare_system is None


def test_a_bare_export_takes_what_it_lacks_from_the_example(folder: Path, examples: Path) -> None:
    put(folder, "2012/events.csv.gz", "readme.csv")
    company = open_company(folder, TABLES, examples)
    assert company == Company(folder, examples / "bank" / "agreements", examples / "bank" / "reference", "bank")
    assert company.folder_of("bank") == folder
    assert not company.folder_of("shop").exists()
    assert company.unread_files(TABLES) == []


def test_a_bare_export_may_bring_its_own_agreement(folder: Path, examples: Path) -> None:
    put(folder, "events.csv", "agreements/2026.yml")
    company = open_company(folder, TABLES, examples)
    assert (company.agreements, company.reference) == (folder / "agreements", examples / "bank" / "reference")


@pytest.mark.parametrize(
    "names",
    [(), ("holiday.jpg",), ("contacts.csv",), ("events.csv", "orders.csv")],
    ids=["empty", "other files", "a system without an example", "two systems"],
)
def test_what_is_not_a_company_folder(folder: Path, examples: Path, names: tuple[str, ...]) -> None:
    put(folder, *names)
    with pytest.raises(CompanyError) as caught:
        open_company(folder, TABLES, examples)
    assert str(caught.value).startswith(f"{folder}: it has no exports/, so it is not a company folder")
    assert "exports/<system>/<file>" in str(caught.value)


def test_no_such_folder(tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    file.touch()
    for path in (tmp_path / "nowhere", file):
        with pytest.raises(CompanyError, match="no such folder; give the path of a company folder"):
            open_company(path, TABLES, tmp_path)
