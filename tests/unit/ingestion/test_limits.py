"""What unpacks to more than an export has is refused, with its size, before it fills the disk or the memory."""

import gzip
import zipfile
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import detection, ingest_table, limits, pieces, sheets
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.source_tables import Column, SourceTable
from tests.unit.ingestion.ingested import Crm
from tests.workbooks import write_workbook

TABLE = SourceTable("crm", "deals", ("*deals*",), (), (Column("id", "bigint", required=True),))


@pytest.fixture
def crm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Crm:
    monkeypatch.setattr(limits, "SMALL", 10_000)
    monkeypatch.setattr(pieces, "PIECE", 1000)
    return Crm(tmp_path)


def reason(crm: Crm) -> str:
    (file,) = ingest_table(crm.connection, TABLE, crm.folder).files
    assert file.status == "refused"
    return str(file.reason)


def test_a_gzip_that_unpacks_to_too_much_is_refused_where_it_does(crm: Crm, tmp_path: Path) -> None:
    path = crm.folder / "deals.csv.gz"
    path.write_bytes(gzip.compress(b"id\n" + b"1\n" * 5_000_000))
    found = reason(crm)
    assert "more than 250 times its own size, which no export has; download it again" in found
    (tmp_path / "unpacked").unlink(missing_ok=True)
    with pytest.raises(Refused):
        detection.unpack(path, tmp_path)
    assert (tmp_path / "unpacked").stat().st_size <= 250 * path.stat().st_size


def test_no_file_may_unpack_to_more_than_the_limit(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    (crm.folder / "deals.csv.gz").write_bytes(gzip.compress(b"".join(b"%d\n" % number for number in range(20_000))))
    monkeypatch.setattr(limits, "MOST_UNPACKED", 50_000)
    assert (
        "unpacked it has 51,000 bytes or more, and 50,000 at most are read; download it again, or export a part of it"
        in reason(crm)
    )


def test_a_file_that_is_packed_twice_is_refused(crm: Crm) -> None:
    (crm.folder / "deals.csv.gz").write_bytes(gzip.compress(gzip.compress(b"id\n1\n")))
    assert reason(crm) == "it is packed twice with gzip; unpack it once, and put that file here"


def test_an_export_that_shrinks_well_is_read(crm: Crm) -> None:
    (crm.folder / "deals.csv.gz").write_bytes(gzip.compress(b"id,a,b\n" + b"1,,\n" * 2_000))
    (file,) = ingest_table(crm.connection, TABLE, crm.folder).files
    assert file.rows_loaded == 2_000


def test_an_archive_of_too_many_files_is_refused(crm: Crm) -> None:
    with zipfile.ZipFile(crm.folder / "deals.zip", "w") as archive:
        for number in range(limits.MOST_MEMBERS + 1):
            archive.writestr(f"{number}.csv", "")
    assert reason(crm) == "it has 10,001 files, and 10,000 at most are read; unpack it here"


CELLS = {
    "far": '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD1048576"><v>1</v></c></row>',
    "far, the place last": '<row r="1"><c s="0" r="A1"><v>1</v></c><c s="0" r="XFD99999"><v>1</v></c></row>',
    "without places": f"<row>{'<c><v>1</v></c>' * 200}</row>{'<row></row>' * 100_000}<row><c><v>1</v></c></row>",
}


@pytest.mark.parametrize("cells", CELLS.values(), ids=CELLS)
def test_a_sheet_is_not_believed_how_far_its_cells_reach(crm: Crm, cells: str) -> None:
    """The reader of workbooks ends the process where memory for them is not there."""
    path = write_workbook(crm.folder / "deals.xlsx", {"Deals": [["id"], [1]]})
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            start = data.index(b"<sheetData>") if b"<sheetData>" in data else 0
            sheet = data[:start] + f'<dimension ref="A1:B2"/><sheetData>{cells}</sheetData></worksheet>'.encode()
            archive.writestr(name, sheet if start else data)
    found = reason(crm)
    assert "the cells reach to row" in found
    assert "more than 12,000,000 cells; delete what is beside and below the table" in found


def test_a_tall_or_wide_sheet_of_few_cells_is_read(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_CELLS", 200)
    monkeypatch.setattr(limits, "SMALL", 1_000_000)
    write_workbook(crm.folder / "deals.xlsx", {"Deals": [["id"], *([number] for number in range(150))]})
    (file,) = ingest_table(crm.connection, TABLE, crm.folder).files
    assert file.rows_loaded == 150


def test_a_parquet_file_of_too_many_values_is_refused(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_VALUES", 1_000)
    duckdb.sql("select 1 as id, 2 as b from range(600)").write_parquet(str(crm.folder / "deals.parquet"))
    found = "it has 600 rows of 2 columns, and 1,000 values at most are read; export a part of it at a time"
    assert reason(crm) == found
