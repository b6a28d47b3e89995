"""Excel workbooks: the sheet that fits, typed cells, and what is refused or rejected with its sheet and row."""

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.lib.ingestion import FileReport, ingest_table, unclaimed_files
from orchestration.lib.ingestion.files import claimed_files
from orchestration.lib.ingestion.rejects import write_rejected
from orchestration.lib.ingestion.sheet_texts import text_of
from orchestration.lib.source_tables import Column, SourceTable
from tests.unit.ingestion.ingested import Crm
from tests.workbooks import Error, Formula, write_workbook

TABLE = SourceTable(
    "crm",
    "deals",
    ("*deals*",),
    (),
    (
        Column("id", "varchar", required=True),
        Column("name", "varchar"),
        Column("amount", "decimal(18, 2)"),
        Column("closed_at", "timestamp"),
        Column("is_won", "boolean"),
    ),
    footers=("^total",),
)
HEADER = ["Id", "Name", "Amount", "closed_at"]


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return Crm(tmp_path)


def ingest(crm: Crm, sheets: dict[str, list], file: str = "deals.xlsx", **more: Any) -> FileReport:
    write_workbook(crm.folder / file, sheets, **more)
    return ingest_table(crm.connection, TABLE, crm.folder).files[0]


def test_typed_cells_are_read_between_titles_and_totals(crm: Crm) -> None:
    rows = [
        ["Deals of the quarter"],
        [],
        [None, *HEADER, "is_won"],
        [None, 301, "An offer,\nwith a line end", 0.1 + 0.2, datetime(2026, 4, 3, 9, 30), True],
        [],
        [None, 302, " 007 ", Formula("SUM(A1:A2)=1234.5"), date(2026, 4, 13), False],
        [None, "Total", None, 1234.8],
    ]
    report = ingest(crm, {"Deals": rows})
    assert (report.status, report.rows_loaded, report.non_data_lines) == ("loaded", 2, 2)
    assert crm.values("_line, id, name, amount::varchar, closed_at, is_won") == [
        (4, "301", "An offer,\nwith a line end", "0.30", datetime(2026, 4, 3, 9, 30), True),
        (6, "302", "007", "1234.50", datetime(2026, 4, 13), False),
    ]


@pytest.mark.parametrize("counts_from_1904", [False, True])
def test_a_date_keeps_its_day_and_month(crm: Crm, counts_from_1904: bool) -> None:
    """Both could be swapped: a text 03/04/2026 is asked about, a date of the spreadsheet is not."""
    rows = [HEADER, [1, None, None, date(2026, 4, 3)], [2, None, None, date(2026, 5, 3)]]
    assert ingest(crm, {"Deals": rows}, counts_from_1904=counts_from_1904).status == "loaded"
    assert crm.values("closed_at::date") == [date(2026, 4, 3), date(2026, 5, 3)]


def test_errors_and_formulas_without_a_result_are_rejected_with_sheet_and_row(crm: Crm) -> None:
    rows = [HEADER, [1, Error("#N/A"), 1], [2, "x", Error("#DIV/0!")], [3, "x", Formula("A1=")], [4, "x", 3]]
    report = ingest(crm, {"Q1": rows})
    assert (report.rows_loaded, report.rows_rejected) == (1, 3)
    assert [reason.split(" is an")[0] for reason in crm.reasons()] == [
        "sheet Q1, row 2: column name: #N/A",
        "sheet Q1, row 3: column amount: #DIV/0!",
        "sheet Q1, row 4: column amount: #FORMULA!",
    ]


def test_an_error_in_a_text_file_is_rejected_too(crm: Crm) -> None:
    (crm.folder / "deals.csv").write_text("id,name\n1,#N/D\n2,#5 in the list\n")
    report = ingest_table(crm.connection, TABLE, crm.folder).files[0]
    assert (report.rows_loaded, report.rows_rejected) == (1, 1)
    assert crm.reasons()[0].startswith("column name: #N/D is an error of the spreadsheet")


def test_the_sheet_that_fits_best_is_read(crm: Crm) -> None:
    sheets = {"Cover": [["Id"]], "Data": [HEADER, [1, "a", 5]], "Old": [HEADER, [2, "b", 6]]}
    assert ingest(crm, sheets, hidden=["Old"]).rows_loaded == 1
    assert crm.values("id") == ["1"]


def test_two_sheets_that_fit_are_asked_about_unless_one_has_the_name(crm: Crm) -> None:
    sheets = {"Jan": [HEADER, [1]], "Feb": [HEADER[:3], [2]]}
    reason = str(ingest(crm, sheets).reason)
    assert "'Jan', 'Feb' could all be meant" in reason
    assert "file of its own" in reason
    assert ingest(crm, {**sheets, "Deals": [HEADER, [3]]}).status == "loaded"
    assert crm.values("id") == ["3"]


def test_tables_take_sheets_of_one_workbook_by_their_names(crm: Crm) -> None:
    contacts = SourceTable("crm", "contacts", ("*contacts*",), (), (Column("email", "varchar", required=True),))
    notes = SourceTable("crm", "notes", ("*notes*",), (), (Column("note", "varchar", required=True),))
    sheets = {"Contacts": [["Email"], ["a@acme.example"]], "Deals": [HEADER, [1]], "Notes": [["to do"]]}
    exports = crm.folder / "exports"
    (exports / "crm").mkdir(parents=True)
    write_workbook(exports / "crm" / "export.xlsx", sheets)
    assert unclaimed_files([TABLE, contacts, notes], exports) == []
    assert claimed_files(notes, exports) == []
    loaded = [ingest_table(crm.connection, table, exports / "crm").files[0] for table in (TABLE, contacts)]
    assert [(file.file, file.rows_loaded) for file in loaded] == [("export.xlsx", 1)] * 2


@pytest.mark.parametrize(
    ("rows", "merged", "expected"),
    [
        ([["Id", "Sum"], ["a"]], [], "loaded"),
        ([["Name", "Sum"], ["a"]], [], "sheet Deals, row 1: required column id is missing"),
        ([HEADER, [1, "a"], [2]], ["B2:B3"], "sheet Deals, row 2, column 2: it is merged with the cells below it"),
        ([["Deals", None], HEADER, [1, "a"]], ["A1:B1"], "loaded"),
        (
            [HEADER, [1, "a", 5, date(2026, 3, 1)], [2, "a", 5, "13/03/2026"]],
            [],
            "sheet Deals, row 3, column closed_at: '13/03/2026' is a text, while other cells of the column are dates",
        ),
        ([HEADER, [1, "a", 5, date(2026, 3, 14)], [2, "a", 5, "13/03/2026"]], [], "loaded"),
        ([HEADER, [1, "a", 5, "03/04/2026"]], [], "sheet Deals, row 2, column closed_at: '03/04/2026' is a day and"),
        (
            [HEADER, [1, "a", 1.234], [2, "a", "1.234,50"]],
            [],
            "sheet Deals, row 3, column amount: '1.234,50' is a text, while other cells of the column are numbers",
        ),
        ([HEADER, [1, "a", 1.234], [2, "a", "1,234.50"]], [], "loaded"),
        ([HEADER, [1, "a", "1.234"]], [], "sheet Deals, row 2, column amount: '1.234' is thousands or a fraction"),
        ([], [], "no visible sheet has a cell"),
    ],
)
def test_what_is_refused(crm: Crm, rows: list, merged: list[str], expected: str) -> None:
    report = ingest(crm, {"Deals": rows}, merged={"Deals": merged})
    assert (report.reason or report.status).startswith(expected)


def test_an_id_that_has_lost_digits_is_rejected_with_its_remedy(crm: Crm) -> None:
    assert ingest(crm, {"Q1": [HEADER, [120213456789012345], ["120213456789012345"]]}).rows_rejected == 1
    assert crm.reasons()[0].startswith("sheet Q1, row 2: column id: ")
    assert crm.values("id") == ["120213456789012345"]


def test_a_typed_fraction_is_no_thousand(crm: Crm) -> None:
    assert ingest(crm, {"Deals": [HEADER, [1, "a", 1.234], [2, "a", 12345678.9]]}).status == "loaded"
    assert crm.values("amount::varchar") == ["1.23", "12345678.90"]


def test_a_value_in_a_far_corner_is_refused_before_it_fills_the_memory(crm: Crm) -> None:
    path = write_workbook(crm.folder / "plain.xlsx", {"Deals": [HEADER, [1]]})
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(crm.folder / "deals.xlsx", "w") as new:
        for name in old.namelist():
            far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            new.writestr(name, old.read(name).replace(b"</sheetData>", far))
    report = ingest_table(crm.connection, TABLE, crm.folder).files[0]
    assert str(report.reason).startswith("sheet Deals, row 1048576: the cells reach to row 1,048,576 and column 16,384")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 not a zip", "broken or not complete"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "another format than .xlsx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ],
)
def test_other_workbooks_are_refused_with_what_to_do(crm: Crm, content: bytes, reason: str) -> None:
    (crm.folder / "deals.xlsx").write_bytes(content)
    assert reason in str(ingest_table(crm.connection, TABLE, crm.folder).files[0].reason)


def test_rejected_rows_of_a_workbook_are_exported_and_corrected(crm: Crm) -> None:
    ingest(crm, {"Q1": [HEADER, [1, "a", "many"], [2, "b", 5]]})
    path = crm.folder / "deals-corrected.csv"
    assert write_rejected(crm.connection, TABLE, path) == 1
    path.write_text(path.read_text().replace('"many"', '"7"'))
    ingest_table(crm.connection, TABLE, crm.folder)
    assert crm.values("id, amount::varchar, _file") == [("1", "7.00", "deals.xlsx"), ("2", "5.00", "deals.xlsx")]


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.decimals(-(10**9), 10**9, places=4))
@settings(max_examples=200)
def test_numbers_keep_their_digits(whole: int, fraction: Any) -> None:
    assert text_of(float(whole)) == str(whole)
    assert float(text_of(float(fraction))) == float(fraction)
    assert "e" not in text_of(float(fraction)).lower()


def test_a_number_longer_than_the_spreadsheet_keeps_shows_it() -> None:
    assert text_of(120_213_456_789_012_345.0) == "1.20213456789012E+17"
